package org.concurrentharness.benchmarks;

import java.time.Duration;
import org.concurrentharness.benchmarks.programs.Reads;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;

/** What a scheduling point costs at which the thread goes on, and one at which another thread takes over. */
final class PointCost {
    private static final int COUNT = 1_000;
    private static final int ROUNDS = 7;

    private PointCost() {}

    /**
     * Prints nanoseconds of processor time.
     *
     * @param arguments a carrier: auto, fibers, threads
     */
    static void run(String... arguments) {
        CarrierKind carrier =
                arguments.length > 0 && arguments[0].equals("threads") ? CarrierKind.THREADS : CarrierKind.AUTO;
        boolean fibers = carrier == CarrierKind.AUTO && Runtime.version().feature() >= 24;
        int executions = fibers ? 5_000 : 100;
        Options options = Options.defaults()
                .budget(Duration.ofMinutes(5))
                .executions(executions)
                .maxSteps(10 * COUNT)
                .carrier(carrier);
        // a random walk between two threads switches at every other point; without preemptions at none
        Options going = options.preemptions(0);
        double[] points = new double[ROUNDS];
        double[] switches = new double[ROUNDS];
        for (int i = -ROUNDS; i < ROUNDS; i++) {
            double empty = nanosPerExecution(going, 0);
            double going2 = (nanosPerExecution(going, COUNT) - empty) / (2 * COUNT);
            double walking = (nanosPerExecution(options, COUNT) - empty) / (2 * COUNT);
            if (i >= 0) {
                points[i] = going2;
                switches[i] = 2 * (walking - going2);
            }
        }
        System.out.printf(
                "%s: point without a switch %,.1f ns, switch %,.0f ns%n",
                fibers ? "fibers" : "threads", Cpu.median(points), Cpu.median(switches));
    }

    private static double nanosPerExecution(Options options, int count) {
        long cpu = Cpu.nanos();
        int executions = Workload.checked(Explorer.explore(options, () -> new Reads().run(count)))
                .executions();
        return (double) (Cpu.nanos() - cpu) / executions;
    }
}
