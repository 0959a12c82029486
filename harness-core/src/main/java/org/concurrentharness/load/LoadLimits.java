package org.concurrentharness.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a load test must keep. Immutable: each method returns a changed copy.
 *
 * <p>A load with a rate must reach it: when more than 5 % of the operations that were due were not begun, and more than are due in
 * 100 ms, that is a violation, unless {@code minThroughput} says what is enough.
 *
 * @param percentiles for a percentile, from above 0 to 100 (the longest), what its latency may be at most
 * @param errors which share of the calls may fail, from 0 to 1
 * @param minThroughput how many operations must end in a second at least; 0 for no limit
 * @since 0.1
 */
public record LoadLimits(Map<Double, Duration> percentiles, double errors, double minThroughput) {
    private static final LoadLimits NONE = new LoadLimits(Map.of(), 1, 0);
    private static final double MOST = 100;

    /** The share of a rate that may be missed. */
    private static final double MISSED = 0.05;

    /** What is due in so many seconds may be missed: a thread that stops for a moment at the end says nothing about a rate. */
    private static final double MOMENT = 0.1;

    /** Checks every component. */
    public LoadLimits {
        TreeMap<Double, Duration> sorted = new TreeMap<>(percentiles);
        sorted.forEach((percentile, latency) -> {
            if (!(percentile > 0 && percentile <= MOST)) {
                throw new IllegalArgumentException(
                        "A percentile must be above 0 and at most 100, but was " + percentile + ".");
            }
            if (latency.isNegative() || latency.isZero()) {
                throw new IllegalArgumentException(
                        "The limit of " + name(percentile) + " must be positive, but was " + latency + ".");
            }
        });
        percentiles = java.util.Collections.unmodifiableMap(sorted);
        if (!(errors >= 0 && errors <= 1)) {
            throw new IllegalArgumentException("errors must be from 0 to 1, but was " + errors + ".");
        }
        if (!(minThroughput >= 0)) {
            throw new IllegalArgumentException("minThroughput must not be negative, but was " + minThroughput + ".");
        }
    }

    /** Returns limits that everything keeps which does not miss a rate of its own. */
    public static LoadLimits none() {
        return NONE;
    }

    /** Returns these limits with one more, for the latency of a percentile such as 99.9; 100 stands for the longest. */
    public LoadLimits percentile(double percentile, Duration atMost) {
        Map<Double, Duration> all = new TreeMap<>(percentiles);
        all.put(percentile, atMost);
        return new LoadLimits(all, errors, minThroughput);
    }

    /** Returns these limits with one for the share of calls that may fail, from 0 to 1. */
    public LoadLimits errors(double share) {
        return new LoadLimits(percentiles, share, minThroughput);
    }

    /** Returns these limits with one for the operations that must end in a second, be the rate reached or not. */
    public LoadLimits minThroughput(double perSecond) {
        return new LoadLimits(percentiles, errors, perSecond);
    }

    /** Returns a sentence for each limit that a result does not keep. */
    public List<String> violations(LoadResult result) {
        List<String> violations = new ArrayList<>();
        if (result.throughput() < minThroughput) {
            violations.add("Throughput was " + Quantity.rate(result.throughput()) + "; it must be at least "
                    + Quantity.rate(minThroughput) + ".");
        }
        if (missesItsRate(result)) {
            violations.add(String.format(
                            Locale.ROOT,
                            "%,d of %s that were due (%s) were not begun, since ",
                            result.notStarted(),
                            Quantity.count(result.operations(), "operation"),
                            Quantity.share((double) result.notStarted() / result.operations()))
                    + LoadNotes.busy(result.options()) + ": the rate of "
                    + Quantity.rate(result.options().rate())
                    + " was not reached. Add threads, lower the rate, or let minThroughput say what is enough.");
        }
        if (result.calls() == 0 && result.hang().isEmpty() && (errors < 1 || !percentiles.isEmpty())) {
            violations.add("No call was begun while it was measured: that keeps no limit.");
        }
        if (result.errorShare() > errors) {
            violations.add(Quantity.share(result.errorShare()) + " of the calls failed ("
                    + String.format(Locale.ROOT, "%,d of %,d", result.errors(), result.calls())
                    + "); at most " + Quantity.share(errors) + " may.");
        }
        percentiles.forEach((percentile, atMost) -> {
            Duration latency = result.latencies().at(percentile);
            if (latency.compareTo(atMost) > 0) {
                violations.add(name(percentile) + " was " + Quantity.latency(latency) + "; it must be at most "
                        + Quantity.latency(atMost) + ".");
            }
        });
        return violations;
    }

    /** With a least throughput it has been said what is enough. */
    private boolean missesItsRate(LoadResult result) {
        return minThroughput == 0
                && result.notStarted() > MISSED * result.operations()
                && result.notStarted() > MOMENT * result.options().rate();
    }

    /** Returns what a percentile is called: "p99.9", or "The longest latency". */
    static String name(double percentile) {
        return percentile == MOST ? "The longest latency" : "p" + Quantity.digits(percentile);
    }
}
