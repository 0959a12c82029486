package org.concurrentharness.benchmarks;

import java.time.Duration;
import java.util.List;
import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.benchmarks.programs.Subject.Flaw;
import org.concurrentharness.benchmarks.programs.SyncCounter;
import org.concurrentharness.benchmarks.programs.TreiberStack;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.ExplorationBody;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;

/** How many executions and how much time exhaustive search takes. */
final class Proofs {
    private static final int ROUNDS = 3;

    private Proofs() {}

    /**
     * Prints one line for each program, as Markdown.
     *
     * @param words programs (small correct ones when there are none), a carrier, "budget" in seconds (60), "preemptions" (-1)
     */
    static void run(String... words) {
        Arguments arguments = Arguments.of(words, "budget", "preemptions");
        Options options = arguments
                .options()
                .strategy(Search.EXHAUSTIVE)
                .executions(Integer.MAX_VALUE)
                .preemptions(arguments.number("preemptions", -1))
                .budget(Duration.ofSeconds(arguments.number("budget", 60)));
        Workload.TREIBER_STACK.explore(options.strategy(Search.RANDOM).executions(10_000));
        System.out.println("| program | verdict | executions | distinct | ms, median of %d |".formatted(ROUNDS));
        System.out.println("| --- | --- | --- | --- | --- |");
        if (arguments.subjects().isEmpty()) {
            for (int n : List.of(1, 2, 3, 5)) {
                prove("SyncCounter, 2 x " + n, options, () -> new SyncCounter(2, n).run());
            }
            prove("SyncCounter, 2 x 4", options, () -> new SyncCounter(2, 4).run());
            prove("TreiberStack, 2 x 1", options, () -> new TreiberStack(2, 1).run());
        }
        for (Subject subject : arguments.subjects()) {
            // a harmful race ends the search at its harm, and not where it is seen
            Options tolerant = subject.flaw() == Flaw.NONE ? options : options.dataRaces(DataRaces.REPORT);
            prove(subject.label(), tolerant, () -> subject.run());
        }
    }

    private static void prove(String label, Options options, ExplorationBody body) {
        double[] millis = new double[ROUNDS];
        Exploration last = Explorer.explore(options, body);
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            last = Explorer.explore(options, body);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        System.out.printf(
                "| %s | %s | %,d | %,d | %,.1f |%n",
                label,
                last.verdict()
                        + last.failure().map(failure -> ", " + failure.kind()).orElse(""),
                last.executions(),
                last.distinct(),
                Cpu.median(millis));
    }
}
