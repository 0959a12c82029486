package org.concurrentharness.jcstress;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * A jcstress test class, with its one test. Two levels, since Surefire drops tests that are directly under an engine: the build
 * would succeed with a failed test.
 */
final class SuiteContainer extends AbstractTestDescriptor {
    private static final String ACTOR = "org.openjdk.jcstress.annotations.Actor";

    private final Class<?> type;
    private final Optional<SuiteInfo> info;
    private final Set<TestTag> tags;

    SuiteContainer(UniqueId id, Class<?> type, Optional<SuiteInfo> info) {
        super(id, shortName(type), ClassSource.from(type));
        this.type = type;
        this.info = info;
        this.tags = Tags.of(type);
        String method = firstActor();
        addChild(new Test(id.append(SuiteResolver.METHOD, method), type, method, tags));
    }

    private static String shortName(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type.getSimpleName() : shortName(enclosing) + "." + type.getSimpleName();
    }

    private String firstActor() {
        return info.filter(each -> !each.actors().isEmpty())
                .map(each -> each.actors().get(0))
                .or(this::firstActorByName)
                .orElse("actors");
    }

    /** Methods have no order in a class file. */
    private Optional<String> firstActorByName() {
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Arrays.stream(method.getAnnotations())
                            .anyMatch(annotation ->
                                    annotation.annotationType().getName().equals(ACTOR)))
                    .map(Method::getName)
                    .min(Comparator.naturalOrder());
        } catch (LinkageError e) {
            return Optional.empty(); // jcstress is missing, which is said when the test runs
        }
    }

    /** Returns the class. */
    Class<?> type() {
        return type;
    }

    /** Returns what jcstress knows of the class, if its annotation processor has seen it. */
    Optional<SuiteInfo> info() {
        return info;
    }

    /** Returns its one test. */
    TestDescriptor test() {
        return getChildren().iterator().next();
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public Set<TestTag> getTags() {
        return new LinkedHashSet<>(tags);
    }

    private static final class Test extends AbstractTestDescriptor {
        private final Set<TestTag> tags;

        Test(UniqueId id, Class<?> type, String method, Set<TestTag> tags) {
            super(id, method + "()", MethodSource.from(type.getName(), method));
            this.tags = tags;
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }

        @Override
        public Set<TestTag> getTags() {
            return new LinkedHashSet<>(tags);
        }
    }
}
