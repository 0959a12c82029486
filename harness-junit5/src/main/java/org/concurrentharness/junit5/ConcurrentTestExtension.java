package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Settings;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a campaign in place of a {@link ConcurrentTest} method. Stateless: one instance serves many tests. */
final class ConcurrentTestExtension extends CampaignInterceptor implements ParameterResolver {
    @Override
    void run(ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
        Options options = options(method.getExecutable(), context);
        Settings settings = settings(context);
        TestMethodProgram program =
                new TestMethodProgram(TestTarget.of(method, context, beforeEachArguments(context)), options, settings);
        program.explore(exploration -> Publication.of(exploration, context));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(ThreadIndex.class)
                && parameter.getParameter().getType() == int.class;
    }

    /** Only keeps JUnit content: each thread of the campaign gets its own. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return 0;
    }

    private static Settings settings(ExtensionContext context) {
        return Settings.of(context::getConfigurationParameter);
    }

    private static Options options(Method method, ExtensionContext context) {
        ConcurrentTest test = AnnotationSupport.findAnnotation(method, ConcurrentTest.class)
                .orElseThrow(() -> new IllegalStateException("@ConcurrentTest is missing on " + method + "."));
        Options options;
        try {
            options = Options.defaults()
                    .threads(test.threads())
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
                    .isolate(test.isolate())
                    .spuriousWakeups(test.spuriousWakeups());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@ConcurrentTest on " + Misuse.name(context.getRequiredTestClass(), method) + ": " + e.getMessage(),
                    e);
        }
        return settings(context).over(options);
    }
}
