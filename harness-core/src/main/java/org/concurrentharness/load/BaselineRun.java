package org.concurrentharness.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a baseline keeps of one run of a load. Immutable.
 *
 * @param at when it was measured
 * @param throughput how many operations ended in a second
 * @param errors which share of the calls failed, from 0 to 1
 * @param p50 the median latency
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 * @param longest the longest latency
 * @since 0.1
 */
public record BaselineRun(
        Instant at,
        double throughput,
        double errors,
        Duration p50,
        Duration p90,
        Duration p99,
        Duration p999,
        Duration longest) {
    private static final double P999 = 99.9;

    static BaselineRun of(LoadResult result) {
        Latencies latencies = result.latencies();
        return new BaselineRun(
                result.started().truncatedTo(ChronoUnit.SECONDS),
                result.throughput(),
                result.errorShare(),
                latencies.at(50),
                latencies.at(90),
                latencies.at(99),
                latencies.at(P999),
                latencies.longest());
    }
}
