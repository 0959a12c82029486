package org.concurrentharness.junit5;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * Runs the combinations of tests that {@link RaceHunt} asks for, each a test under a container with the class as its source. JUnit
 * Jupiter runs the tests themselves.
 *
 * <p>A class is hunted when it is selected as a whole: by itself, by its package or class path, or by a unique id. To select one of its
 * methods selects no combination.
 *
 * @since 0.1
 */
public final class RaceHuntEngine implements TestEngine {
    static final String ID = "harness-race-hunt";

    private static final EngineDiscoveryRequestResolver<EngineDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                    .addClassContainerSelectorResolver(Hunt::isAsked)
                    .addSelectorResolver(context -> new Resolver(
                            context.getClassNameFilter(),
                            context.getDiscoveryRequest().getConfigurationParameters()::get))
                    .build();

    /** For the service loader. */
    public RaceHuntEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "Concurrent Harness: race hunt");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor engine = request.getRootTestDescriptor();
        request.getEngineExecutionListener().executionStarted(engine);
        for (TestDescriptor each : List.copyOf(engine.getChildren())) {
            HuntRun.of((HuntDescriptor) each, request);
        }
        request.getEngineExecutionListener().executionFinished(engine, TestExecutionResult.successful());
    }

    private record Resolver(Predicate<String> classNames, Function<String, Optional<String>> parameters)
            implements SelectorResolver {
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
            for (Class<?> member :
                    ReflectionSupport.findNestedClasses(type, member -> member.isAnnotationPresent(Nested.class))) {
                nested.add(DiscoverySelectors.selectNestedClass(List.of(type), member));
            }
            Optional<HuntDescriptor> found = add(type, context);
            if (found.isPresent()) {
                found.get().addAll();
                return Resolution.match(Match.exact(found.get(), () -> nested));
            }
            return nested.isEmpty() ? Resolution.unresolved() : Resolution.selectors(nested);
        }

        @Override
        public Resolution resolve(UniqueIdSelector selector, Context context) {
            List<UniqueId.Segment> segments = selector.getUniqueId().getSegments();
            if (segments.size() < 2
                    || !segments.get(0).getValue().equals(ID)
                    || !segments.get(1).getType().equals(HuntDescriptor.CLASS)) {
                return Resolution.unresolved();
            }
            Optional<Class<?>> type =
                    ReflectionSupport.tryToLoadClass(segments.get(1).getValue()).toOptional();
            if (type.isEmpty()) {
                return Resolution.unresolved();
            }
            if (segments.size() == 2) {
                return resolve(type.get(), context);
            }
            return add(type.get(), context)
                    .map(found -> {
                        found.add(segments.get(2).getValue());
                        return Resolution.match(Match.partial(found));
                    })
                    .orElse(Resolution.unresolved());
        }

        private Optional<HuntDescriptor> add(Class<?> type, Context context) {
            return Hunt.isAsked(type)
                    ? context.addToParent(
                            parent -> Optional.of(new HuntDescriptor(parent.getUniqueId(), type, parameters)))
                    : Optional.empty();
        }
    }
}
