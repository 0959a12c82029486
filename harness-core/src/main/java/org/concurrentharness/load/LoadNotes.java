package org.concurrentharness.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what makes figures mean less than they seem to. */
final class LoadNotes {
    private static final double BUSY = 0.9;
    private static final double MUCH_COLLECTING = 0.02;
    private static final double MUCH_LATENESS = 0.1;
    private static final double P99 = 99;
    private static final long FEW = 1_000;

    private LoadNotes() {}

    static List<String> of(
            LoadOptions options,
            Duration elapsed,
            long operations,
            long notStarted,
            Latencies latencies,
            Latencies lateness,
            Environment used) {
        List<String> notes = new ArrayList<>();
        if (operations == 0) {
            notes.add(
                    "No operation was begun while it was measured: they take longer than the warm-up and the measuring.");
        } else if (operations < FEW) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Only %,d operations: percentiles above p%s are the longest latency, no more.",
                    operations,
                    Quantity.digits(Math.floor(1000 * (1 - 1.0 / operations)) / 10)));
        }
        if (notStarted > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d operations that were due were not begun, since %s busy: the rate of %s was not reached. What"
                            + " they had waited until the end counts among the latencies. Add threads if callers would not wait for"
                            + " each other.",
                    notStarted,
                    options.threads() == 1
                            ? "the only thread was"
                            : String.format(Locale.ROOT, "all %,d threads were", options.threads()),
                    Quantity.rate(options.rate())));
        }
        if (options.isOpen() && lateness.count() > 0) {
            Duration late = lateness.at(P99);
            if (late.toNanos() > MUCH_LATENESS * latencies.at(P99).toNanos()) {
                notes.add("The harness called operations late although threads were free: by "
                        + Quantity.latency(lateness.at(50))
                        + " at the median, " + Quantity.latency(late)
                        + " at p99. That is in the latencies, a large part of their p99.");
            }
        }
        int processors = Runtime.getRuntime().availableProcessors();
        if (used.processors() > BUSY * processors) {
            notes.add(String.format(
                    Locale.ROOT,
                    "This JVM used %.1f of %d processors: the figures are limited by the load itself, and by what runs beside it here.",
                    used.processors(),
                    processors));
        }
        if (used.collections().toNanos() > MUCH_COLLECTING * elapsed.toNanos()) {
            notes.add("Collections of garbage took " + Quantity.latency(used.collections())
                    + " of the time in this JVM.");
        }
        return notes;
    }
}
