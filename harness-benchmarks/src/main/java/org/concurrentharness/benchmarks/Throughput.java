package org.concurrentharness.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Options;

/** Executions per second of processor time after warm-up: the median of several campaigns. */
final class Throughput {
    private static final int ROUNDS = 7;

    private Throughput() {}

    /**
     * Prints one line for each program.
     *
     * @param arguments a carrier (auto, fibers, threads; default auto), and "isolate" for a fresh class loader per execution
     */
    static void run(String... arguments) {
        CarrierKind carrier =
                arguments.length > 0 ? CarrierKind.valueOf(arguments[0].toUpperCase(Locale.ROOT)) : CarrierKind.AUTO;
        boolean isolate = arguments.length > 1 && arguments[1].equals("isolate");
        boolean fibers = carrier == CarrierKind.FIBERS
                || (carrier == CarrierKind.AUTO && Runtime.version().feature() >= 24);
        System.out.printf(
                "%-16s %-8s %-8s %14s %14s%n", "program", "carrier", "isolate", "per CPU-second", "per second");
        for (Workload workload : List.of(Workload.TREIBER_STACK, Workload.SYNC_COUNTER_100)) {
            measure(workload, carrier, fibers, isolate);
        }
    }

    private static void measure(Workload workload, CarrierKind carrier, boolean fibers, boolean isolate) {
        // a round of a second or two: the price of a campaign's start must not show
        int executions = isolate ? 1_000 : fibers ? 100_000 : 2_000;
        Options options = Options.defaults()
                .executions(executions)
                .budget(Duration.ofMinutes(10))
                .carrier(carrier)
                .isolate(isolate);
        long warm = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        long seed = 1;
        while (System.nanoTime() < warm) {
            workload.explore(options.seed(seed++));
        }
        double[] perCpuSecond = new double[ROUNDS];
        double[] perSecond = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            long cpu = Cpu.nanos();
            Exploration exploration = workload.explore(options.seed(seed++));
            perCpuSecond[i] = exploration.executions() * 1e9 / (Cpu.nanos() - cpu);
            perSecond[i] = exploration.executions() * 1e9 / (System.nanoTime() - start);
        }
        System.out.printf(
                "%-16s %-8s %-8s %,14.0f %,14.0f%n",
                workload.label(),
                fibers ? "fibers" : "threads",
                isolate,
                Cpu.median(perCpuSecond),
                Cpu.median(perSecond));
    }
}
