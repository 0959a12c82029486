package org.concurrentharness.benchmarks;

import java.time.Duration;
import org.concurrentharness.benchmarks.programs.Operations;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;

/** How the processor time of an execution grows with its steps. */
final class Growth {
    private static final int[] STEPS = {10, 100, 1_000, 10_000, 100_000};
    private static final int ROUNDS = 5;

    private Growth() {}

    /**
     * Prints one line for each number of steps, as Markdown: two threads write a volatile field so often.
     *
     * @param words a carrier, a strategy
     */
    static void run(String... words) {
        Arguments arguments = Arguments.of(words);
        Options options = arguments.options().budget(Duration.ofMinutes(30)).maxSteps(10_000_000);
        int total = arguments.fibers() ? 3_000_000 : 200_000;
        System.out.printf("%s, %s%n", arguments.search(), arguments.fibers() ? "fibers" : "threads");
        System.out.println("| steps | executions | µs for an execution | ns for a step |");
        System.out.println("| --- | --- | --- | --- |");
        for (int steps : STEPS) {
            int executions = Math.max(4, total / (steps + 50));
            double[] nanos = new double[ROUNDS];
            for (int i = -2; i < ROUNDS; i++) {
                // the difference of two campaigns, since each has a start that is not the execution's
                double few = cpuNanos(options.executions(executions), steps);
                double many = cpuNanos(options.executions(3 * executions), steps);
                if (i >= 0) {
                    nanos[i] = (many - few) / (2 * executions);
                }
            }
            double execution = Cpu.median(nanos);
            System.out.printf(
                    "| %,d | %,d | %,.1f | %,.1f |%n", steps, executions, execution / 1_000, execution / steps);
        }
    }

    private static double cpuNanos(Options options, int steps) {
        long before = Cpu.nanos();
        Exploration exploration = Workload.checked(Explorer.explore(options, () -> new Operations().writes(steps)));
        double nanos = Cpu.nanos() - before;
        if (exploration.executions() != options.executions()) {
            throw new IllegalStateException("proved after " + exploration.executions()
                    + " executions, too few to measure: name a strategy that goes on, such as random");
        }
        return nanos;
    }
}
