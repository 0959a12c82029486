package org.concurrentharness.benchmarks.primitives;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.concurrentharness.explore.CarrierKind;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link Campaigns} and prints what one operation costs. */
public final class Primitives {
    /** The medians of a campaign: processor time and time by the clock in nanoseconds, bytes allocated. */
    private record Cost(double cpu, double clock, double bytes) {
        Cost minus(Cost other, double operations) {
            return new Cost(
                    (cpu - other.cpu) / operations,
                    (clock - other.clock) / operations,
                    (bytes - other.bytes) / operations);
        }
    }

    private Primitives() {}

    /**
     * Prints one line for each primitive on each carrier, as Markdown.
     *
     * @param carriers those to measure
     * @param reports where reports of the harness go
     */
    public static void run(List<CarrierKind> carriers, String reports) throws RunnerException {
        List<String> arguments = new ArrayList<>(List.of("-Dharness.report.dir=" + reports));
        if (Runtime.version().feature() >= 21) {
            arguments.add("-XX:+EnableDynamicAgentLoading");
        }
        System.out.println("| primitive | carrier | ns of processor time | ns by the clock | bytes |");
        System.out.println("| --- | --- | --- | --- | --- |");
        for (CarrierKind carrier : carriers) {
            Cost point = new Cost(0, 0, 0);
            for (Primitive primitive : Primitive.values()) {
                Cost cost = cost(primitive, carrier, arguments);
                print(primitive.label(), carrier, cost);
                if (primitive == Primitive.POINT) {
                    point = cost;
                }
                if (primitive == Primitive.WALK) {
                    // every other point of a walk of two threads switches
                    print("switch to another thread", carrier, cost.minus(point, 0.5));
                }
            }
        }
    }

    private static Cost cost(Primitive primitive, CarrierKind carrier, List<String> arguments) throws RunnerException {
        Cost[] sizes = new Cost[2];
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(Campaigns.class.getName() + "\\.")
                        .param("primitive", primitive.name())
                        .param("carrier", carrier.name())
                        .addProfiler(CpuProfiler.class)
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend(arguments.toArray(String[]::new))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run()) {
            boolean large = Boolean.parseBoolean(result.getParams().getParam("large"));
            sizes[large ? 1 : 0] = new Cost(
                    median(result, CpuProfiler.LABEL), median(result, ""), median(result, "gc.alloc.rate.norm"));
        }
        return sizes[1].minus(sizes[0], (double) primitive.difference(carrier == CarrierKind.FIBERS));
    }

    /** Returns the median over the iterations, of the main result or of the one that ends with the label. */
    private static double median(RunResult run, String label) {
        List<Double> values = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                if (label.isEmpty()) {
                    values.add(iteration.getPrimaryResult().getScore());
                    continue;
                }
                iteration.getSecondaryResults().forEach((name, result) -> {
                    if (name.endsWith(label)) {
                        values.add(result.getScore());
                    }
                });
            }
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static void print(String label, CarrierKind carrier, Cost cost) {
        System.out.printf(
                "| %s | %s | %,.1f | %,.1f | %,.2f |%n",
                label, carrier == CarrierKind.FIBERS ? "fibers" : "threads", cost.cpu(), cost.clock(), cost.bytes());
    }
}
