package org.concurrentharness.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.concurrentharness.benchmarks.programs.PlainAccesses;
import org.concurrentharness.benchmarks.programs.PlainAccesses.Target;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;

/** Measures what a plain access costs in a campaign: the whole access, the hook, the race check, and the loop around it. */
final class AccessCost {
    private static final int COUNT = 1_000_000;
    private static final int EXECUTIONS = 40;
    private static final int ROUNDS = 5;

    private AccessCost() {}

    /** Prints nanoseconds of processor time, the median of the rounds, and bytes. */
    static void run() throws ReflectiveOperationException {
        Options options = Options.defaults()
                .budget(Duration.ofMinutes(5))
                .executions(EXECUTIONS)
                .maxSteps(10 * COUNT);
        for (Target target : Target.values()) {
            if (target == Target.NOTHING) {
                continue;
            }
            double[] nanos = new double[ROUNDS];
            double[] bytes = new double[ROUNDS];
            for (int i = -1; i < ROUNDS; i++) {
                double[] empty = perExecution(options, Target.NOTHING);
                double[] full = perExecution(options, target);
                if (i >= 0) {
                    // an access of an element of the array of objects goes with each object
                    int accesses = target == Target.OBJECTS ? 3 : 2;
                    nanos[i] = (full[0] - empty[0]) / COUNT / accesses;
                    bytes[i] = (full[1] - empty[1]) / COUNT / accesses;
                }
            }
            System.out.printf(
                    "plain access of %-9s %5.1f ns, %.4f bytes%n",
                    target.name().toLowerCase(Locale.ROOT), Cpu.median(nanos), Cpu.median(bytes));
        }
    }

    private static double[] perExecution(Options options, Target target) throws ReflectiveOperationException {
        double cpu = Cpu.nanos();
        double bytes = allocated();
        int executions = Workload.checked(Explorer.explore(options, () -> new PlainAccesses().run(target, COUNT)))
                .executions();
        return new double[] {(Cpu.nanos() - cpu) / executions, (allocated() - bytes) / executions};
    }

    /** Returns what all threads have allocated so far, ended ones among them; 0 before JDK 21, which does not tell. */
    private static double allocated() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return 0;
        }
        return (long) ThreadMXBean.class
                .getMethod("getTotalThreadAllocatedBytes")
                .invoke(ManagementFactory.getThreadMXBean());
    }
}
