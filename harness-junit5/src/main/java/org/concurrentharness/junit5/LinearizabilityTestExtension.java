package org.concurrentharness.junit5;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.linearizability.Linearizability;
import org.concurrentharness.linearizability.LinearizabilityResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Runs a check in place of a {@link LinearizabilityTest} method. Stateless: one instance serves many tests. */
final class LinearizabilityTestExtension extends CampaignInterceptor {
    @Override
    void run(ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
        LinearizabilityResult result = check(context.getRequiredTestClass(), method.getExecutable())
                .explore(Settings.of(context::getConfigurationParameter));
        Publication.of(result.exploration(), context);
        LinearizabilityResult ignored = result.orThrow();
    }

    private static Linearizability check(Class<?> testClass, Method method) {
        LinearizabilityTest test = AnnotationSupport.findAnnotation(method, LinearizabilityTest.class)
                .orElseThrow(() -> new IllegalStateException("@LinearizabilityTest is missing on " + method + "."));
        String name = Misuse.name(testClass, method);
        if (method.getParameterCount() > 0) {
            throw Misuse.failure(
                    "@LinearizabilityTest method " + name
                            + " must not have parameters: it runs on many instances, without JUnit; make what it needs in the class.");
        }
        for (Class<? extends Annotation> once : List.of(BeforeAll.class, AfterAll.class)) {
            if (!AnnotationSupport.findAnnotatedMethods(testClass, once, HierarchyTraversalMode.TOP_DOWN)
                    .isEmpty()) {
                throw Misuse.failure(
                        "@LinearizabilityTest method " + name + ": the class has a @"
                                + once.getSimpleName()
                                + " method, which would not run in the campaign's copy of the class; use @BeforeEach or @AfterEach.");
            }
        }
        for (Class<?> outer = testClass.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
            for (Class<? extends Annotation> each : List.of(BeforeEach.class, AfterEach.class)) {
                if (!AnnotationSupport.findAnnotatedMethods(outer, each, HierarchyTraversalMode.TOP_DOWN)
                        .isEmpty()) {
                    throw Misuse.failure("@LinearizabilityTest method " + name + ": the enclosing class "
                            + outer.getName() + " has a @" + each.getSimpleName()
                            + " method, which would not run; move it into the class of the operations.");
                }
            }
        }
        try {
            Linearizability check = Linearizability.of(testClass)
                    .name(name)
                    .threads(test.threads())
                    .operations(test.operations())
                    .initialOperations(test.initialOperations())
                    .finalOperations(test.finalOperations())
                    .scenarios(test.scenarios())
                    .setUp(around(testClass, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN))
                    .tearDown(around(testClass, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP))
                    .invariant(method.getName())
                    .options(options(test, method));
            return test.specification() == void.class ? check : check.specification(test.specification());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("@LinearizabilityTest on " + name + ": " + e.getMessage(), e);
        }
    }

    private static Options options(LinearizabilityTest test, Method method) {
        Options options = Options.defaults()
                .executions(test.executions())
                .budget(Settings.duration("budget", test.budget()))
                .strategy(test.strategy())
                .seed(test.seed())
                .replay(test.replay())
                .dataRaces(test.dataRaces())
                .timeouts(test.timeouts())
                .leakedThreads(test.leakedThreads())
                .maxSteps(test.maxSteps())
                .preemptions(test.preemptions())
                .inside(test.inside())
                .spuriousWakeups(test.spuriousWakeups());
        return AnnotationSupport.findAnnotation(method, BenignRace.class)
                .map(benign -> options.ignoreRaces(benign.of().length == 0 ? new String[] {"*"} : benign.of()))
                .orElse(options);
    }

    private static String[] around(
            Class<?> testClass, Class<? extends Annotation> annotation, HierarchyTraversalMode order) {
        List<Method> methods = AnnotationSupport.findAnnotatedMethods(testClass, annotation, order);
        for (Method method : methods) {
            if (method.getParameterCount() > 0) {
                throw new IllegalArgumentException("its @" + annotation.getSimpleName() + " method "
                        + method.getName()
                        + " must not have parameters: it runs on many instances, without JUnit.");
            }
        }
        return methods.stream().map(Method::getName).toArray(String[]::new);
    }
}
