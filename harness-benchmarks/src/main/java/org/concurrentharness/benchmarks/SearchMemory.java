package org.concurrentharness.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.benchmarks.programs.SyncCounter;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;

/** The heap that is still used after a collection, while one exhaustive search goes on in a space that it cannot exhaust. */
final class SearchMemory {
    private static final int LOOKS = 10;

    private SearchMemory() {}

    /**
     * Prints the used heap at the end of a short campaign and during a long one.
     *
     * @param words a carrier, and how many "executions" (1 000 000)
     */
    static void run(String... words) throws InterruptedException {
        Arguments arguments = Arguments.of(words, "executions");
        int executions = arguments.number("executions", 1_000_000);
        Options options = arguments
                .options()
                .strategy(Search.EXHAUSTIVE)
                .budget(Duration.ofHours(2))
                .seed(1);
        Exploration first = explore(options.executions(executions / LOOKS));
        System.out.printf(
                "%,d executions: %s, %,d KB used afterwards%n",
                first.executions(), first.verdict(), HeapGrowth.usedKilobytes());
        // how far a campaign has come cannot be asked from outside: looked at in even parts of the time that it should
        // take
        long part = first.elapsed().toMillis();
        CountDownLatch ended = new CountDownLatch(1);
        Thread watch = new Thread(() -> look(ended, part));
        watch.start();
        Exploration all = explore(options.executions(executions));
        ended.countDown();
        watch.join();
        System.out.printf(
                "%,d executions: %s, %,d KB used afterwards, %,d ms%n",
                all.executions(),
                all.verdict(),
                HeapGrowth.usedKilobytes(),
                all.elapsed().toMillis());
    }

    private static Exploration explore(Options options) {
        Exploration exploration = Explorer.explore(options, () -> new SyncCounter(4, 10).run());
        if (exploration.executions() != options.executions()) {
            throw new IllegalStateException(
                    exploration.verdict() + " after " + exploration.executions() + " executions: "
                            + exploration.failure().map(Failure::report).orElse("") + exploration.notes());
        }
        return exploration;
    }

    private static void look(CountDownLatch ended, long partMillis) {
        long start = System.nanoTime();
        try {
            while (!ended.await(partMillis, TimeUnit.MILLISECONDS)) {
                System.out.printf(
                        "after %,d ms: %,d KB used%n",
                        (System.nanoTime() - start) / 1_000_000, HeapGrowth.usedKilobytes());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
