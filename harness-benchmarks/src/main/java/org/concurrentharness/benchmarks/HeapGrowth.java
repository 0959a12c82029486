package org.concurrentharness.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import org.concurrentharness.explore.Options;

/** The heap that is still used after a collection, while the executions of a JVM add up to a million. */
final class HeapGrowth {
    private static final int EXECUTIONS = 100_000;
    private static final int CAMPAIGNS = 10;

    private HeapGrowth() {}

    /** Prints the used heap after each hundred thousand executions, in one campaign and over several. */
    static void run(String... arguments) {
        Workload workload = Workload.TREIBER_STACK;
        Options options = Options.defaults().budget(Duration.ofMinutes(30)).seed(1);
        workload.explore(options.executions(1_000));
        for (int i = 1; i <= CAMPAIGNS; i++) {
            workload.explore(options.seed(i).executions(EXECUTIONS));
            System.out.printf("%,9d executions: %,7d KB used%n", i * EXECUTIONS, usedKilobytes());
        }
        workload.explore(options.executions(EXECUTIONS * CAMPAIGNS));
        System.out.printf("%,9d more, in one campaign: %,7d KB used%n", EXECUTIONS * CAMPAIGNS, usedKilobytes());
    }

    /** Returns what is used after collections. */
    static long usedKilobytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) { // soft and weak references, and what their clearing frees
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least / 1024;
    }
}
