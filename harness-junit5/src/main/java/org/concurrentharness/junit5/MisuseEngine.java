package org.concurrentharness.junit5;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * Reports as failing tests what JUnit Jupiter ignores in silence: a {@link ConcurrentTest} that is no test because it is
 * private, and the like. Contributes nothing where there is no such thing, and runs no code of tests.
 *
 * <p>Each misuse is a test under a container with the class as its source: directly under the engine, Surefire would not see it.
 *
 * @since 0.1
 */
public final class MisuseEngine implements TestEngine {
    /** What it is known by. */
    public static final String ID = "harness-misuse";

    private static final String CLASS = "class";
    private static final String METHOD = "method";

    private static final EngineDiscoveryRequestResolver<EngineDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                    .addClassContainerSelectorResolver(
                            type -> !Misuse.ignoredByJupiter(type).isEmpty())
                    .addSelectorResolver(context -> new Resolver(context.getClassNameFilter()))
                    .build();

    /** For the service loader. */
    public MisuseEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "Concurrent Harness: misuse");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        run(request.getRootTestDescriptor(), request.getEngineExecutionListener());
    }

    private static void run(TestDescriptor descriptor, EngineExecutionListener listener) {
        listener.executionStarted(descriptor);
        if (descriptor instanceof FailingTest test) {
            listener.executionFinished(descriptor, TestExecutionResult.failed(Misuse.failure(test.message)));
            return;
        }
        descriptor.getChildren().forEach(child -> run(child, listener));
        listener.executionFinished(descriptor, TestExecutionResult.successful());
    }

    /**
     * Adds a test that fails with a message to this engine's root.
     *
     * @param root the root
     * @param className the test class that the message is about
     * @param name the method of that class, or what it is about
     */
    static void add(TestDescriptor root, String className, String name, String message) {
        UniqueId id = root.getUniqueId().append(CLASS, className);
        TestDescriptor parent = root.getChildren().stream()
                .filter(child -> child.getUniqueId().equals(id))
                .findFirst()
                .map(child -> (TestDescriptor) child)
                .orElseGet(() -> {
                    TestDescriptor added = new FailingClass(id, className);
                    root.addChild(added);
                    return added;
                });
        parent.addChild(new FailingTest(
                id.append(METHOD, name + "#" + (parent.getChildren().size() + 1)),
                name + "()",
                MethodSource.from(className, name),
                message));
    }

    private static final class Resolver implements SelectorResolver {
        private final Predicate<String> classNames;

        Resolver(Predicate<String> classNames) {
            this.classNames = classNames;
        }

        @Override
        public Resolution resolve(ClassSelector selector, Context context) {
            Class<?> type = selector.getJavaClass();
            return classNames.test(type.getName()) ? resolve(type, context) : Resolution.unresolved();
        }

        /** Whatever its name: builds leave out names of nested classes, so that these are found with the classes around them. */
        @Override
        public Resolution resolve(NestedClassSelector selector, Context context) {
            return resolve(selector.getNestedClass(), context);
        }

        private Resolution resolve(Class<?> type, Context context) {
            Set<DiscoverySelector> nested = new LinkedHashSet<>();
            for (Class<?> member : ReflectionSupport.findNestedClasses(
                    type, member -> member.isAnnotationPresent(Nested.class) || Misuse.isInner(member))) {
                nested.add(DiscoverySelectors.selectNestedClass(List.of(type), member));
            }
            Optional<MisusedClass> found = add(type, context);
            if (found.isPresent()) {
                found.get().addAllMethods();
                return Resolution.match(Match.exact(found.get(), () -> nested));
            }
            return nested.isEmpty() ? Resolution.unresolved() : Resolution.selectors(nested);
        }

        @Override
        public Resolution resolve(MethodSelector selector, Context context) {
            return resolve(selector.getJavaClass(), selector.getMethodName(), context);
        }

        @Override
        public Resolution resolve(NestedMethodSelector selector, Context context) {
            return resolve(selector.getNestedClass(), selector.getMethodName(), context);
        }

        private static Resolution resolve(Class<?> type, String methodName, Context context) {
            if (Misuse.ignoredByJupiter(type).stream()
                    .noneMatch(misuse -> misuse.method().getName().equals(methodName))) {
                return Resolution.unresolved();
            }
            return add(type, context)
                    .map(found -> {
                        found.addMethods(methodName);
                        return Resolution.match(Match.partial(found));
                    })
                    .orElse(Resolution.unresolved());
        }

        @Override
        public Resolution resolve(UniqueIdSelector selector, Context context) {
            List<UniqueId.Segment> segments = selector.getUniqueId().getSegments();
            if (segments.size() < 2
                    || !segments.get(0).getValue().equals(ID)
                    || !segments.get(1).getType().equals(CLASS)) {
                return Resolution.unresolved();
            }
            Optional<Class<?>> type =
                    ReflectionSupport.tryToLoadClass(segments.get(1).getValue()).toOptional();
            if (type.isEmpty()) {
                return Resolution.unresolved();
            }
            return segments.size() == 2
                    ? resolve(type.get(), context)
                    : resolve(type.get(), segments.get(2).getValue().replaceFirst("\\(.*", ""), context);
        }

        private static Optional<MisusedClass> add(Class<?> type, Context context) {
            List<Misuse> misuses = Misuse.ignoredByJupiter(type);
            return misuses.isEmpty()
                    ? Optional.empty()
                    : context.addToParent(parent -> Optional.of(
                            new MisusedClass(parent.getUniqueId().append(CLASS, type.getName()), type, misuses)));
        }
    }

    private static final class MisusedClass extends AbstractTestDescriptor {
        private final List<Misuse> misuses;

        MisusedClass(UniqueId id, Class<?> type, List<Misuse> misuses) {
            super(id, type.getSimpleName(), ClassSource.from(type));
            this.misuses = misuses;
        }

        void addAllMethods() {
            misuses.forEach(this::add);
        }

        void addMethods(String name) {
            misuses.stream()
                    .filter(misuse -> misuse.method().getName().equals(name))
                    .forEach(this::add);
        }

        private void add(Misuse misuse) {
            UniqueId id = getUniqueId().append(METHOD, methodId(misuse.method()));
            if (findByUniqueId(id).isEmpty()) {
                addChild(new FailingTest(
                        id,
                        misuse.method().getName() + "()",
                        MethodSource.from(misuse.testClass(), misuse.method()),
                        misuse.message()));
            }
        }

        private static String methodId(Method method) {
            return method.getName()
                    + Stream.of(method.getParameterTypes()).map(Class::getName).collect(joining(", ", "(", ")"));
        }

        @Override
        public Type getType() {
            return Type.CONTAINER;
        }
    }

    private static final class FailingClass extends AbstractTestDescriptor {
        FailingClass(UniqueId id, String className) {
            super(id, className.substring(className.lastIndexOf('.') + 1), ClassSource.from(className));
        }

        @Override
        public Type getType() {
            return Type.CONTAINER;
        }
    }

    private static final class FailingTest extends AbstractTestDescriptor {
        private final String message;

        FailingTest(UniqueId id, String name, MethodSource source, String message) {
            super(id, name, source);
            this.message = message;
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }
    }
}
