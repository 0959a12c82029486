package org.concurrentharness.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** Results of loads that never ran. */
public final class LoadStories {
    public static final String NAME = "com.acme.shop.OrderLoadTests#places";
    public static final LoadOptions CLOSED = LoadOptions.defaults().threads(4).duration(Duration.ofSeconds(5));

    private LoadStories() {}

    /** A closed loop with the given figures, without errors. */
    public static LoadResult result(double throughput, Duration p50, Duration p99) {
        return result(NAME, CLOSED, throughput, 0, p50, p99);
    }

    /** The same, of another test, with other options, or with errors. */
    public static LoadResult result(
            String name, LoadOptions options, double throughput, long errors, Duration p50, Duration p99) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(p50.toNanos(), 960);
        histogram.recordValueWithCount(p99.toNanos(), 40);
        Latencies latencies = Latencies.of(histogram);
        Duration elapsed = options.duration();
        long completed = Math.round(throughput * elapsed.toNanos() / 1e9);
        return new LoadResult(
                name,
                options,
                Instant.parse("2026-11-20T08:15:30.123Z"),
                elapsed,
                1_000,
                completed,
                errors,
                0,
                latencies,
                latencies,
                Latencies.of(new Histogram(3)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** An open loop of which 97 of 1000 operations were called, 48 of them in vain. */
    public static LoadResult behind(String name) {
        LoadResult story =
                result(name, LoadOptions.defaults().rate(100), 9.6, 48, Duration.ofSeconds(4), Duration.ofSeconds(9));
        return new LoadResult(
                name,
                story.options(),
                story.started(),
                story.elapsed(),
                story.operations(),
                story.completed(),
                story.errors(),
                903,
                story.latencies(),
                story.serviceTimes(),
                story.lateness(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** An open loop of some seconds, one of which is slow, with errors, notes and all. */
    public static LoadResult open(String name) {
        LoadOptions options = LoadOptions.defaults()
                .threads(16)
                .rate(2_000)
                .duration(Duration.ofSeconds(12))
                .seed(42);
        SplittableRandom random = new SplittableRandom(7);
        Histogram all = new Histogram(3);
        Histogram service = new Histogram(3);
        Histogram late = new Histogram(3);
        List<LoadResult.Second> seconds = new ArrayList<>();
        for (int s = 0; s < 12; s++) {
            Histogram second = new Histogram(3);
            for (int i = 0; i < 2_000; i++) {
                long took = (long) (400_000 * Math.exp(random.nextDouble() * random.nextDouble() * 3));
                long waited = s == 7 && i < 600 ? (600 - i) * 500_000L : 0;
                second.recordValue(took + waited);
                service.recordValue(took + (waited > 299_000_000 ? 300_000_000 : 0));
                late.recordValue(1_000 + random.nextLong(90_000));
            }
            all.add(second);
            Latencies latencies = Latencies.of(second);
            seconds.add(new LoadResult.Second(
                    Duration.ofSeconds(s),
                    Duration.ofSeconds(1),
                    s == 7 ? 1_400 : s == 8 ? 2_600 : 2_000,
                    s == 7 ? 24 : 0,
                    latencies.at(50),
                    latencies.at(99),
                    latencies.longest()));
        }
        return new LoadResult(
                name,
                options,
                Instant.parse("2026-11-20T08:15:30.123Z"),
                Duration.ofSeconds(12),
                24_000,
                24_000,
                24,
                0,
                Latencies.of(all),
                Latencies.of(service),
                Latencies.of(late),
                seconds,
                List.of(new LoadResult.Thrown(
                        "java.net.SocketTimeoutException", 24, new java.net.SocketTimeoutException("Read timed out"))),
                List.of(
                        "This JVM used 1.9 of 2 processors: the figures are limited by the load itself, and by what runs"
                                + " beside it here."),
                Optional.empty());
    }
}
