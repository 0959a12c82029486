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

    /** The share of a rate that is worth no word. */
    private static final double LITTLE = 0.01;

    /** For so many seconds the system may take a thread's processor away. */
    private static final double TIME_SLICE = 0.01;

    private LoadNotes() {}

    static List<String> of(
            LoadOptions options,
            Duration elapsed,
            long operations,
            long notStarted,
            Latencies latencies,
            Latencies lateness,
            Environment used,
            boolean hung) {
        if (hung && elapsed.isZero()) {
            return List.of(); // in the warm-up: there is nothing to make a note on
        }
        List<String> notes = new ArrayList<>();
        if (operations < FEW && !(operations == 0 && hung)) {
            notes.add(few(options, operations));
        }
        if (notStarted > 0 && (notStarted >= LITTLE * operations || notStarted > TIME_SLICE * options.rate())) {
            notes.add(Quantity.count(notStarted, "operation") + " that " + (notStarted == 1 ? "was" : "were")
                    + " due " + (notStarted == 1 ? "was" : "were") + " not begun, since " + busy(options)
                    + ": the rate of " + Quantity.rate(options.rate())
                    + " was not reached. What was waited until the end counts among the latencies. Add threads if callers would not"
                    + " wait for each other.");
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

    private static String few(LoadOptions options, long operations) {
        if (operations == 0) {
            return options.isOpen()
                    ? "No operation was due while it was measured: the rate of " + Quantity.rate(options.rate())
                            + " is too low for " + Quantity.latency(options.duration()) + "."
                    : "No operation was begun while it was measured: they take longer than the warm-up and the measuring.";
        }
        if (operations == 1) {
            return "Only 1 operation: its latency is all there is.";
        }
        return String.format(
                Locale.ROOT,
                "Only %,d operations: percentiles above p%s are the longest latency, no more.",
                operations,
                Quantity.digits(Math.floor(1000 * (1 - 1.0 / operations)) / 10));
    }

    /** Returns who could take no more operations, as part of a sentence. */
    static String busy(LoadOptions options) {
        return options.threads() == 1
                ? "the only thread was busy"
                : String.format(Locale.ROOT, "all %,d threads were busy", options.threads());
    }
}
