package org.concurrentharness.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Makes the figures of {@code docs/performance.md}: the first argument says which. */
public final class Measure {
    private static final String USAGE =
            "one of: throughput [auto|fibers|threads [isolate]], heap, start, point [threads], access, slowdown, once, skew";

    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        System.out.println(Cpu.machine());
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "throughput" -> Throughput.run(rest);
            case "heap" -> HeapGrowth.run(rest);
            case "start" -> FirstCampaign.run(rest);
            case "point" -> PointCost.run(rest);
            case "access" -> AccessCost.run();
            case "slowdown" -> Slowdown.run(rest);
            case "once" ->
                new Runner(new OptionsBuilder()
                                .include(OnceReads.class.getName() + "\\.")
                                .build())
                        .run();
            case "skew" -> StartSkew.run();
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
    }
}
