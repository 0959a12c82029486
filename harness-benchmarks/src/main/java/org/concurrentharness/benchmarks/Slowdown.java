package org.concurrentharness.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Compares the benchmarks of {@link UnmanagedJdk} before and after the JDK was rewritten. */
final class Slowdown {
    private static final int ROUNDS = 3;

    private Slowdown() {}

    /** Prints one line for each benchmark: of each kind the fastest iteration of all forks, since other load only adds. */
    static void run(String... arguments) throws RunnerException {
        Map<String, List<Double>> original = new TreeMap<>();
        Map<String, List<Double>> rewritten = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(UnmanagedJdk.class.getName())
                            .verbosity(VerboseMode.SILENT)
                            .jvmArgsAppend(
                                    Runtime.version().feature() >= 21
                                            ? new String[] {"-XX:+EnableDynamicAgentLoading"}
                                            : new String[0])
                            .build())
                    .run()) {
                boolean after = Boolean.parseBoolean(result.getParams().getParam("rewritten"));
                (after ? rewritten : original)
                        .computeIfAbsent(result.getPrimaryResult().getLabel(), name -> new ArrayList<>())
                        .add(result.getPrimaryResult().getStatistics().getMin());
            }
        }
        System.out.printf("%-20s %12s %12s %8s%n", "", "original ns", "rewritten ns", "ratio");
        for (Map.Entry<String, List<Double>> entry : original.entrySet()) {
            double before = least(entry.getValue());
            double after = least(rewritten.getOrDefault(entry.getKey(), List.of()));
            System.out.printf("%-20s %,12.1f %,12.1f %8.2f%n", entry.getKey(), before, after, after / before);
        }
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
