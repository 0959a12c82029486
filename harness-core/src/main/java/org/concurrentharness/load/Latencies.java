package org.concurrentharness.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long operations took: a histogram with three significant digits. Immutable.
 *
 * @since 0.1
 */
public final class Latencies {
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private final Histogram histogram;

    private Latencies(Histogram histogram) {
        this.histogram = histogram;
    }

    /** Copies what a histogram holds by now. */
    static Latencies of(Histogram histogram) {
        return new Latencies(histogram.copy());
    }

    /** Returns how many operations there were. */
    public long count() {
        return histogram.getTotalCount();
    }

    /**
     * Returns the latency that a share of all operations kept; zero when there was none.
     *
     * @param percentile that share in percent, from 0 to 100
     */
    public Duration at(double percentile) {
        return Duration.ofNanos(
                count() == 0 ? 0 : Math.min(histogram.getValueAtPercentile(percentile), longestNanos()));
    }

    /** Returns the shortest latency; zero when there was no operation. */
    public Duration shortest() {
        return Duration.ofNanos(count() == 0 ? 0 : histogram.getMinValue());
    }

    /** Returns the longest latency; zero when there was no operation. */
    public Duration longest() {
        return Duration.ofNanos(count() == 0 ? 0 : longestNanos());
    }

    private long longestNanos() {
        return histogram.getMaxValue();
    }

    /** Returns the mean; zero when there was no operation. */
    public Duration mean() {
        return Duration.ofNanos(count() == 0 ? 0 : Math.round(histogram.getMean()));
    }

    /**
     * A point of the distribution.
     *
     * @param percentile the share of operations, in percent, that took no longer
     * @param nanos how long that is
     * @param count how many operations that were
     * @since 0.1
     */
    public record Point(double percentile, long nanos, long count) {}

    /** Returns the distribution, with more points towards its end: a few of them each time what is left is halved. */
    public List<Point> distribution() {
        List<Point> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
            points.add(new Point(
                    value.getPercentileLevelIteratedTo(),
                    Math.min(value.getValueIteratedTo(), histogram.getMaxValue()),
                    value.getTotalCountToThisValue()));
        }
        return points;
    }

    @Override
    public String toString() {
        return Quantity.count(count(), "operation") + ", p50 " + Quantity.latency(at(50)) + ", p99 "
                + Quantity.latency(at(99)) + ", longest " + Quantity.latency(longest());
    }
}
