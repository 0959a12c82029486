package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.stress.Expect;
import org.concurrentharness.stress.Outcomes;
import org.concurrentharness.stress.Stress;
import org.concurrentharness.stress.StressOptions;
import org.concurrentharness.stress.StressResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs rounds in place of a {@link StressTest} method. Stateless: one instance serves many tests. */
final class StressTestExtension extends CampaignInterceptor implements ParameterResolver {
    static final String ABORTED = "(assumption failed)";

    private static final Logger LOG = LoggerFactory.getLogger(StressTest.class);

    /** Fewer rounds than these say little about a bug that is rare. */
    private static final long ENOUGH = 1_000;

    private static final double NANOS_IN_SECOND = 1e9;

    @Override
    void run(ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
        TestTarget target = TestTarget.of(method, context, beforeEachArguments(context));
        StressTest asked = AnnotationSupport.findAnnotation(method.getExecutable(), StressTest.class)
                .orElseThrow(() -> new IllegalStateException("@StressTest is missing on " + method + "."));
        Stress<Trial> stress;
        long rounds;
        try {
            if (asked.threads() < 1) {
                throw new IllegalArgumentException("threads must be at least 1, but was " + asked.threads() + ".");
            }
            // The classes themselves, and not copies of them: they are not rewritten.
            CampaignTest test = new CampaignTest(target.type().getClassLoader(), target, asked.threads());
            StressOptions options = options(asked, context);
            rounds = options.rounds();
            stress = expecting(stress(test), method.getExecutable()).options(options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("@StressTest on " + target.name() + ": " + e.getMessage(), e);
        }
        StressResult result = run(stress);
        Map<String, String> entries = entries(result);
        Optional<String> doubt = doubt(result, rounds);
        doubt.ifPresent(text -> {
            entries.put("harness.stress.doubt", text);
            LOG.warn("{}: {}", target.name(), text);
        });
        context.publishReportEntry(entries);
        throwUnlessPassed(result);
    }

    /** Returns why a pass means little, if it does. Whoever asks for that many rounds and gets them knows it. */
    private static Optional<String> doubt(StressResult result, long asked) {
        return result.failures() > 0 || isAborted(result) || result.rounds() >= ENOUGH || result.rounds() == asked
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Only %,d rounds in %.1f s, so that this pass means little: a round may still fail with a probability"
                                + " of %s; a longer duration or shorter rounds tell more.",
                        result.rounds(),
                        result.elapsed().toNanos() / NANOS_IN_SECOND,
                        result.probability().text()));
    }

    /** Runs the rounds; what keeps a round from being made is thrown as it is. */
    static StressResult run(Stress<?> stress) throws Throwable {
        try {
            return stress.run();
        } catch (IllegalStateException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        }
    }

    /** Throws what a test throws that had this result. */
    static void throwUnlessPassed(StressResult result) {
        StressResult passed = result.orThrow();
        if (isAborted(passed)) {
            throw new TestAbortedException("An assumption failed in every round.");
        }
    }

    private static boolean isAborted(StressResult result) {
        return result.seen().stream().allMatch(seen -> seen.outcome().contains(ABORTED));
    }

    private static Stress<Trial> stress(CampaignTest test) {
        Stress<Trial> stress = Stress.<Trial>of(() -> new Trial(test)).after(Trial::end);
        boolean acted = !test.actorNames().isEmpty();
        List<String> names = acted ? test.actorNames() : test.bodyNames();
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            stress = stress.actor(names.get(i), (round, outcomes) -> {
                if (acted) {
                    round.act(index, outcomes);
                } else {
                    round.runBody(index, outcomes);
                }
            });
        }
        return acted ? stress.arbiter((round, outcomes) -> round.arbitrate(outcomes)) : stress;
    }

    private static Stress<Trial> expecting(Stress<Trial> stress, Method method) {
        List<Outcome> outcomes = AnnotationSupport.findRepeatableAnnotations(method, Outcome.class);
        Stress<Trial> expecting = outcomes.isEmpty()
                ? stress
                : stress.expect(".*\\Q" + ABORTED + "\\E.*", Expect.ACCEPTABLE, "says nothing");
        for (Outcome outcome : outcomes) {
            for (String id : outcome.id()) {
                expecting = expecting.expect(id, outcome.expect(), outcome.description());
            }
        }
        return expecting;
    }

    private static StressOptions options(StressTest asked, ExtensionContext context) {
        long seed = Settings.of(context::getConfigurationParameter)
                .over(Options.defaults().seed(asked.seed()))
                .seed();
        Optional<String> rounds = context.getConfigurationParameter("harness.stress.rounds");
        Optional<String> duration = context.getConfigurationParameter("harness.stress.duration");
        return StressOptions.defaults()
                .rounds(rounds.map(StressTestExtension::rounds).orElse(asked.rounds()))
                .duration(
                        duration.isPresent()
                                ? duration("harness.stress.duration", duration.get())
                                : duration("duration", rounds.isPresent() ? "" : asked.duration()))
                .timeout(Settings.duration("timeout", asked.timeout()))
                .maxSkew(duration("maxSkew", asked.maxSkew()))
                .seed(seed)
                .stopAtFailure(asked.stopAtFailure());
    }

    private static long rounds(String text) {
        try {
            return Long.parseLong(text.strip().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "harness.stress.rounds is \"" + text + "\"; it must be a whole number from 0.", e);
        }
    }

    private static Duration duration(String name, String text) {
        return text.isBlank() ? Duration.ZERO : Settings.duration(name, text);
    }

    /** Returns what is told about a result. */
    static Map<String, String> entries(StressResult result) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("harness.stress.rounds", Long.toString(result.rounds()));
        entries.put("harness.stress.failures", Long.toString(result.failures()));
        entries.put("harness.stress.probability", result.probability().text());
        entries.put("harness.seed", Long.toString(result.seed()));
        String interesting = result.seen().stream()
                .filter(seen -> seen.expect() == Expect.INTERESTING)
                .map(seen -> seen.outcome() + ": " + seen.count())
                .collect(Collectors.joining("; "));
        if (!interesting.isEmpty()) {
            entries.put("harness.stress.interesting", interesting);
        }
        entries.put("harness.stress.report", result.report());
        return entries;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Outcomes.class || (parameter.isAnnotated(ThreadIndex.class) && type == int.class);
    }

    /** Only keeps JUnit content: each thread gets its own. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Outcomes.class ? Outcomes.ofCallingThread() : 0;
    }

    /** A round. What its actors write here is read when all of them have ended. */
    private static final class Trial {
        private final CampaignTest test;
        private final CampaignTest.Round round;
        private volatile boolean aborted;

        Trial(CampaignTest test) throws Exception {
            this.test = test;
            try {
                round = test.new Round();
                round.begin();
            } catch (Throwable t) {
                throw TestMethodProgram.<RuntimeException>unchecked(t);
            }
        }

        void act(int index, Outcomes outcomes) throws Throwable {
            try {
                Object returned = round.act(index);
                if (test.returns(index)) {
                    outcomes.add(returned);
                }
            } catch (TestAbortedException e) {
                abort(outcomes);
            }
        }

        void runBody(int index, Outcomes outcomes) throws Throwable {
            try {
                round.runBody(index);
            } catch (TestAbortedException e) {
                abort(outcomes);
            }
        }

        void arbitrate(Outcomes outcomes) throws Throwable {
            if (!aborted) {
                runBody(0, outcomes);
            }
        }

        private void abort(Outcomes outcomes) {
            aborted = true;
            outcomes.add(ABORTED);
        }

        void end() throws Throwable {
            @Nullable Throwable thrown = round.end(null);
            if (thrown != null) {
                throw thrown;
            }
        }
    }
}
