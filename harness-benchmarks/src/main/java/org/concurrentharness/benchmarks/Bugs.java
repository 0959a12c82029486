package org.concurrentharness.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.benchmarks.programs.Subject.Flaw;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;

/** How many executions and how much time it takes to find the bugs of small programs. */
final class Bugs {
    private Bugs() {}

    /**
     * Prints one line for each program; for one with a harmful data race a second with the race tolerated, until its harm shows.
     *
     * @param words a strategy, a carrier, programs (all that have a bug), "seeds" (20) and the budget in "executions" (1 000)
     */
    static void run(String... words) {
        Arguments arguments = Arguments.of(words, "seeds", "executions");
        Options options = arguments.options().executions(arguments.number("executions", 1_000));
        List<Subject> subjects = arguments.subjects().isEmpty() ? List.of(Subject.values()) : arguments.subjects();
        warmUp(options);
        System.out.printf("%s, %s%n", arguments.search().name().toLowerCase(Locale.ROOT), options.carrier());
        System.out.printf(
                "%-20s %-8s %9s %10s %10s %10s %10s  %s%n",
                "program", "races", "found", "median", "most", "median ms", "most ms", "as");
        for (Subject subject : subjects) {
            if (subject.flaw() == Flaw.NONE) {
                continue;
            }
            hunt(subject, options, arguments.number("seeds", 20));
            if (subject.flaw() == Flaw.RACE_WITH_HARM) {
                hunt(subject, options.dataRaces(DataRaces.REPORT), arguments.number("seeds", 20));
            }
        }
    }

    /** Loads the harness and compiles some of it: what a first campaign costs more has a measurement of its own. */
    private static void warmUp(Options options) {
        Workload.TREIBER_STACK.explore(options.strategy(Search.RANDOM));
    }

    private static void hunt(Subject subject, Options options, int seeds) {
        double[] executions = new double[seeds];
        double[] millis = new double[seeds];
        int found = 0;
        String as = "";
        for (int i = 0; i < seeds; i++) {
            long start = System.nanoTime();
            Exploration exploration = Explorer.explore(options.seed(i + 1L), () -> subject.run());
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (exploration.verdict() == Verdict.FAILED) {
                executions[i] = exploration.executions();
                Failure.Kind kind = exploration.failure().orElseThrow().kind();
                if (!as.contains(kind.name())) {
                    as += (as.isEmpty() ? "" : ", ") + kind.name();
                }
                found++;
            } else {
                // later than any that was found: a median of misses must not look like a number
                executions[i] = Double.POSITIVE_INFINITY;
                if (!as.contains(exploration.verdict().name())) {
                    as += (as.isEmpty() ? "" : ", ") + exploration.verdict().name();
                }
            }
        }
        System.out.printf(
                "%-20s %-8s %3d of %2d %10s %10s %,10.1f %,10.1f  %s%n",
                subject.label(),
                options.dataRaces().name().toLowerCase(Locale.ROOT),
                found,
                seeds,
                whole(Cpu.median(executions)),
                whole(Arrays.stream(executions).max().orElseThrow()),
                Cpu.median(millis),
                Arrays.stream(millis).max().orElseThrow(),
                as);
    }

    private static String whole(double value) {
        return Double.isInfinite(value)
                ? "-"
                : value == Math.rint(value) ? "%,.0f".formatted(value) : "%,.1f".formatted(value);
    }
}
