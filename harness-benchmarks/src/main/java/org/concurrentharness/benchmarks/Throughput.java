package org.concurrentharness.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Verdict;

/** Executions per second of processor time after warm-up: the median of several campaigns. */
final class Throughput {
    private static final int ROUNDS = 7;

    private Throughput() {}

    /**
     * Prints one line for each program.
     *
     * @param words a carrier, a strategy, "isolate" for a fresh class loader per execution, and how many executions a campaign has
     */
    static void run(String... words) {
        Arguments arguments = Arguments.of(words, "isolate", "executions");
        System.out.printf(
                "%-16s %-10s %-8s %-8s %12s %14s %16s %14s%n",
                "program",
                "strategy",
                "carrier",
                "isolate",
                "executions",
                "per CPU-second",
                "without the JIT",
                "per second");
        for (Workload workload :
                List.of(Workload.TREIBER_STACK, Workload.SYNC_COUNTER_100, Workload.LOST_UPDATE_TOLERATED)) {
            measure(workload, arguments);
        }
    }

    private static void measure(Workload workload, Arguments arguments) {
        boolean isolate = arguments.has("isolate");
        // a round of a second or two: the price of a campaign's start must not show
        int executions = arguments.number("executions", isolate ? 1_000 : arguments.fibers() ? 100_000 : 2_000);
        Options options = workload.options(arguments.options())
                .executions(executions)
                .budget(Duration.ofMinutes(10))
                .isolate(isolate);
        long warm = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        long seed = 1;
        while (System.nanoTime() < warm) {
            workload.explore(options.seed(seed++));
        }
        double[] perCpuSecond = new double[ROUNDS];
        double[] withoutCompilers = new double[ROUNDS];
        double[] perSecond = new double[ROUNDS];
        int ran = 0;
        boolean proved = false;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            long cpu = Cpu.nanos();
            long compilers = Cpu.compilerNanos();
            Exploration exploration = workload.explore(options.seed(seed++));
            // a compiler's thread may have ended in between, and its time gone with it
            long compiled = Math.max(0, Cpu.compilerNanos() - compilers);
            ran = exploration.executions();
            proved |= exploration.verdict() == Verdict.PROVED;
            perCpuSecond[i] = ran * 1e9 / (Cpu.nanos() - cpu);
            withoutCompilers[i] = ran * 1e9 / (Cpu.nanos() - cpu - compiled);
            perSecond[i] = ran * 1e9 / (System.nanoTime() - start);
        }
        System.out.printf(
                "%-16s %-10s %-8s %-8s %,12d %,14.0f %,16.0f %,14.0f%s%n",
                workload.label(),
                arguments.search().name().toLowerCase(Locale.ROOT),
                arguments.fibers() ? "fibers" : "threads",
                isolate,
                ran,
                Cpu.median(perCpuSecond),
                Cpu.median(withoutCompilers),
                Cpu.median(perSecond),
                proved ? "  proved: campaigns ended early, and their starts are in the figures" : "");
    }
}
