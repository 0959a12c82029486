package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadLimitsTests {
    /** 1 to 1000 ms, each once; 20 of 1000 failed. */
    static LoadResult result() {
        Histogram histogram = new Histogram(3);
        for (int millis = 1; millis <= 1_000; millis++) {
            histogram.recordValue(Duration.ofMillis(millis).toNanos());
        }
        Latencies latencies = Latencies.of(histogram);
        return new LoadResult(
                "orders",
                LoadOptions.defaults().threads(4),
                Instant.EPOCH,
                Duration.ofSeconds(10),
                1_000,
                990,
                20,
                0,
                latencies,
                latencies,
                Latencies.of(new Histogram(3)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Test
    void areKept() {
        LoadLimits limits = LoadLimits.none()
                .percentile(50, Duration.ofMillis(501))
                .percentile(99.9, Duration.ofMillis(1000))
                .percentile(100, Duration.ofMillis(1001))
                .errors(0.02)
                .minThroughput(99);

        assertThat(limits.violations(result())).isEmpty();
    }

    @Test
    void tellEachThatIsNotKept() {
        LoadLimits limits = LoadLimits.none()
                .percentile(100, Duration.ofMillis(999))
                .percentile(99, Duration.ofMillis(100))
                .percentile(99.9, Duration.ofMillis(1))
                .errors(0.019)
                .minThroughput(100);

        assertThat(limits.violations(result()))
                .containsExactly(
                        "Throughput was 99/s; it must be at least 100/s.",
                        "2 % of the operations failed (20 of 1,000); at most 1.9 % may.",
                        "p99 was 990 ms; it must be at most 100 ms.",
                        "p99.9 was 999 ms; it must be at most 1 ms.",
                        "The longest latency was 1 s; it must be at most 999 ms.");
    }

    @Test
    void refuseWhatCannotBe() {
        LoadLimits none = LoadLimits.none();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.percentile(100.1, Duration.ofMillis(1)))
                .withMessage("A percentile must be above 0 and at most 100, but was 100.1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.percentile(99, Duration.ZERO))
                .withMessage("The limit of p99 must be positive, but was PT0S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.errors(1.1))
                .withMessage("errors must be from 0 to 1, but was 1.1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.minThroughput(Double.NaN))
                .withMessage("minThroughput must not be negative, but was NaN.");
    }

    @Test
    void areToldWithTheWholeReport() {
        org.assertj.core.api.Assertions.assertThatExceptionOfType(LoadFailure.class)
                .isThrownBy(() -> result().orThrow(LoadLimits.none().percentile(99, Duration.ofMillis(100))))
                .withMessage("""
                        p99 was 990 ms; it must be at most 100 ms.

                        orders: closed loop, 4 threads, 10 s after 2 s of warm-up
                          throughput  99/s (990 operations ended in 10 s)
                          errors      2 % (20 of 1,000)
                          latency     p50 500 ms, p90 900 ms, p99 990 ms, p99.9 999 ms, longest 1 s""");
    }
}
