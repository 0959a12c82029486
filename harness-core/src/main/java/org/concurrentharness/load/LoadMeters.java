package org.concurrentharness.load;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * The figures of the loads of one test, as meters read them. Counters go on from one load to the next. The fields are written by the
 * thread that watches a load, and read by those of registries, each by itself.
 */
final class LoadMeters {
    private static final String PREFIX = "concurrent.harness.load.";
    private static final String TEST = "test";
    private static final double NANOS = 1e9;

    /** What is told of the last second. */
    private static final double[] OF_A_SECOND = {50, 99, 100};

    /** What is told of a whole load. */
    private static final double[] OF_A_LOAD = {50, 90, 99, 99.9, 100};

    private final AtomicLong successes = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile double throughput = Double.NaN;
    private volatile double[] second = unknown(OF_A_SECOND.length);
    private volatile double[] load = unknown(OF_A_LOAD.length);
    private final AtomicLong operations = new AtomicLong();
    private final DoubleAdder totalNanos = new DoubleAdder();

    private static double[] unknown(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Registers all meters. */
    void register(MeterRegistry registry, String test) {
        FunctionCounter.builder(PREFIX + "operations", this, all -> all.successes.get())
                .description("Operations that ended")
                .tags(TEST, test, "outcome", "success")
                .register(registry);
        FunctionCounter.builder(PREFIX + "operations", this, all -> all.errors.get())
                .description("Operations that ended")
                .tags(TEST, test, "outcome", "error")
                .register(registry);
        Gauge.builder(PREFIX + "throughput", this, all -> all.throughput)
                .description("Operations that ended in the last second")
                .tags(TEST, test)
                .strongReference(true)
                .register(registry);
        for (int i = 0; i < OF_A_SECOND.length; i++) {
            latency(registry, test, "second", OF_A_SECOND[i], this, i);
        }
        for (int i = 0; i < OF_A_LOAD.length; i++) {
            latency(registry, test, "load", OF_A_LOAD[i], this, i);
        }
        FunctionTimer.builder(
                        PREFIX + "duration",
                        this,
                        all -> all.operations.get(),
                        all -> all.totalNanos.sum(),
                        TimeUnit.NANOSECONDS)
                .description("Latencies of all operations of loads that are over")
                .tags(TEST, test)
                .register(registry);
    }

    private static void latency(
            MeterRegistry registry, String test, String window, double percentile, LoadMeters meters, int index) {
        Gauge.builder(PREFIX + "latency", meters, all -> (window.equals("second") ? all.second : all.load)[index])
                .description("Latency of a percentile, of the last second or of a whole load; 100 is the longest")
                .baseUnit("seconds")
                .tags(TEST, test, "window", window, "percentile", Quantity.digits(percentile))
                .strongReference(true)
                .register(registry);
    }

    /** Takes in a second. */
    void add(LoadResult.Second ended, Latencies latencies) {
        errors.addAndGet(ended.errors());
        successes.addAndGet(Math.max(0, ended.operations() - ended.errors()));
        if (!ended.length().isZero()) {
            throughput = ended.operations() * NANOS / ended.length().toNanos();
        }
        second = percentiles(latencies, OF_A_SECOND);
    }

    /** Takes in a load that is over. */
    void add(LoadResult result) {
        load = percentiles(result.latencies(), OF_A_LOAD);
        totalNanos.add((double) result.latencies().mean().toNanos()
                * result.latencies().count());
        operations.addAndGet(result.latencies().count());
    }

    private static double[] percentiles(Latencies latencies, double[] which) {
        double[] values = unknown(which.length);
        for (int i = 0; i < which.length && latencies.count() > 0; i++) {
            values[i] = latencies.at(which[i]).toNanos() / NANOS;
        }
        return values;
    }

    /** Returns the meters of a load that is over. */
    static LoadMeters of(LoadResult result) {
        LoadMeters meters = new LoadMeters();
        meters.errors.set(result.errors());
        meters.successes.set(Math.max(0, result.calls() - result.errors()));
        if (!result.seconds().isEmpty()) {
            LoadResult.Second last = result.seconds().get(result.seconds().size() - 1);
            meters.throughput = last.length().isZero()
                    ? Double.NaN
                    : last.operations() * NANOS / last.length().toNanos();
            meters.second = new double[] {
                last.p50().toNanos() / NANOS,
                last.p99().toNanos() / NANOS,
                last.longest().toNanos() / NANOS
            };
        }
        meters.add(result);
        return meters;
    }
}
