package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadNotesTests {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Latencies NONE = Latencies.of(new Histogram(3));
    private static final Environment IDLE = new Environment(1_000_000_000, 0, Duration.ZERO);

    @Test
    void countInTheSingularToo() {
        assertThat(notes(LoadOptions.defaults(), 1, 0))
                .containsExactly("Only 1 operation: its latency is all there is.");
        assertThat(notes(LoadOptions.defaults(), 2, 0))
                .containsExactly("Only 2 operations: percentiles above p50 are the longest latency, no more.");
        assertThat(notes(LoadOptions.defaults().rate(1), 1, 1))
                .element(1)
                .isEqualTo(
                        "1 operation that was due was not begun, since the only thread was busy: the rate of 1/s was not"
                                + " reached. What was waited until the end counts among the latencies. Add threads if callers would not"
                                + " wait for each other.");
    }

    @Test
    void sayWhyNothingWasBegun() {
        assertThat(notes(LoadOptions.defaults(), 0, 0))
                .containsExactly(
                        "No operation was begun while it was measured: they take longer than the warm-up and the"
                                + " measuring.");
        assertThat(notes(LoadOptions.defaults().rate(0.1).duration(SECOND), 0, 0))
                .containsExactly("No operation was due while it was measured: the rate of 0.1/s is too low for 1 s.");
    }

    /** Its thread may have lost its processor at the very end. */
    @Test
    void leaveOutWhatIsLittleAndDueInATimeSlice() {
        LoadOptions fast = LoadOptions.defaults().rate(500_000);
        LoadOptions slow = LoadOptions.defaults().rate(1_000);

        assertThat(notes(fast, 500_000, 121)).isEmpty();
        assertThat(notes(fast, 500_000, 4_999)).isEmpty();
        assertThat(notes(fast, 500_000, 5_000)).hasSize(1);
        assertThat(notes(slow, 10_000, 10)).as("0.1 %, in one time slice").isEmpty();
        assertThat(notes(slow, 10_000, 11)).as("0.11 %, longer than one").hasSize(1);
    }

    @Test
    void sayNothingOfAHangBeforeAnythingWasMeasured() {
        Environment busy = new Environment(1_000, 1_000_000, SECOND);

        assertThat(LoadNotes.of(LoadOptions.defaults(), Duration.ZERO, 0, 0, NONE, NONE, busy, true))
                .isEmpty();
        assertThat(LoadNotes.of(LoadOptions.defaults(), SECOND, 0, 0, NONE, NONE, IDLE, true))
                .isEmpty();
    }

    private static List<String> notes(LoadOptions options, long operations, long notStarted) {
        return LoadNotes.of(options, SECOND, operations, notStarted, NONE, NONE, IDLE, false);
    }
}
