package org.concurrentharness.benchmarks.primitives;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Options;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole campaigns: a campaign has its own threads and class loader, so that nothing smaller can be called from outside. {@link
 * Primitives} takes the difference of a large and a small one, in which what both do is gone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(1)
public class Campaigns {
    /** What is done. */
    @Param
    public Primitive primitive = Primitive.POINT;

    /** Whether the campaign has more executions. */
    @Param({"false", "true"})
    public boolean large;

    /** What runs the managed threads. */
    @Param
    public CarrierKind carrier = CarrierKind.AUTO;

    /** Runs a campaign. */
    @Benchmark
    public Exploration explore() {
        Options options = Options.defaults()
                .carrier(carrier)
                .budget(Duration.ofMinutes(5))
                .maxSteps(10_000_000);
        return primitive.explore(options, carrier == CarrierKind.FIBERS, large);
    }
}
