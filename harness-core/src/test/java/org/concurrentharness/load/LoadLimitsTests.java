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
        return result(LoadOptions.defaults().threads(4), 1_000, 20, 0);
    }

    private static LoadResult result(LoadOptions options, long operations, long errors, long notStarted) {
        Histogram histogram = new Histogram(3);
        for (int millis = 1; millis <= 1_000; millis++) {
            histogram.recordValue(Duration.ofMillis(millis).toNanos());
        }
        Latencies latencies = Latencies.of(histogram);
        return new LoadResult(
                "orders",
                options,
                Instant.EPOCH,
                Duration.ofSeconds(10),
                operations,
                990,
                errors,
                notStarted,
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
                        "2 % of the calls failed (20 of 1,000); at most 1.9 % may.",
                        "p99 was 990 ms; it must be at most 100 ms.",
                        "p99.9 was 999 ms; it must be at most 1 ms.",
                        "The longest latency was 1 s; it must be at most 999 ms.");
    }

    @Test
    void areOfTheCallsThatWereMade() {
        LoadResult result = result(LoadOptions.defaults().rate(1_000), 1_000, 48, 903);

        assertThat(result.errorShare()).isEqualTo(48.0 / 97);
        assertThat(LoadLimits.none().errors(0.2).minThroughput(1).violations(result))
                .containsExactly("49.5 % of the calls failed (48 of 97); at most 20 % may.");
    }

    @Test
    void holdForARateUnlessAThroughputSaysWhatIsEnough() {
        LoadOptions options = LoadOptions.defaults().rate(100).duration(Duration.ofSeconds(10));
        String missed =
                "51 of 1,000 operations that were due (5.1 %) were not begun, since the only thread was busy: the rate"
                        + " of 100/s was not reached. Add threads, lower the rate, or let minThroughput say what is enough.";

        assertThat(LoadLimits.none().violations(result(options, 1_000, 0, 50))).isEmpty();
        assertThat(LoadLimits.none().violations(result(options, 1_000, 0, 51))).containsExactly(missed);
        assertThat(LoadLimits.none().violations(result(options.threads(3), 1_000, 0, 51)))
                .containsExactly(missed.replace("the only thread was", "all 3 threads were"));
        assertThat(LoadLimits.none().minThroughput(99).violations(result(options, 1_000, 0, 51)))
                .isEmpty();
        assertThat(LoadLimits.none().minThroughput(100).violations(result(options, 1_000, 0, 51)))
                .containsExactly("Throughput was 99/s; it must be at least 100/s.");
    }

    /** A thread that stops for a moment at the end of a short run says nothing about its rate. */
    @Test
    void leaveAShortRunAMoment() {
        LoadOptions options = LoadOptions.defaults().rate(1_000).duration(Duration.ofMillis(500));

        assertThat(LoadLimits.none().violations(result(options, 500, 0, 100))).isEmpty();
        assertThat(LoadLimits.none().violations(result(options, 500, 0, 101))).hasSize(1);
    }

    @Test
    void areNotKeptByNoCallAtAll() {
        LoadResult nothing = result(LoadOptions.defaults(), 0, 0, 0);

        assertThat(nothing.errorShare()).isZero();
        assertThat(LoadLimits.none().violations(nothing)).isEmpty();
        assertThat(LoadLimits.none().errors(0.5).violations(nothing))
                .containsExactly("No call was begun while it was measured: that keeps no limit.");
        assertThat(LoadLimits.none().percentile(99, Duration.ofSeconds(1)).violations(nothing))
                .hasSize(1);
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
                          errors      2 % (20 of 1,000 calls)
                          latency     p50 500 ms, p90 900 ms, p99 990 ms, p99.9 999 ms, longest 1 s""");
    }
}
