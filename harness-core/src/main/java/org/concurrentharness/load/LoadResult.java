package org.concurrentharness.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a load. Immutable.
 *
 * @param name what was called
 * @param options how it was called
 * @param started when measuring began
 * @param elapsed for how long it was measured
 * @param operations how many operations were due (in a closed loop: begun) while it was measured
 * @param completed how many operations ended while it was measured, whatever came of them
 * @param errors how many of the operations failed
 * @param notStarted how many of the operations were not begun before the end, since all threads were busy; they count as called by no
 *     limit, and with the time that they had waited until then among the latencies
 * @param latencies how long operations took from the moment at which they were due, the failed ones included. In an open loop that
 *     corrects the omission of what a slow operation kept from being called (G. Tene, How not to measure latency, 2013)
 * @param serviceTimes how long they took from their call; in a closed loop the same
 * @param lateness how late operations were called although a thread waited for them: what the harness adds to latencies of an open loop
 * @param seconds what happened in each second
 * @param failures what operations threw, most frequent first
 * @param notes what a reader of the figures ought to know
 * @param hang what all threads did when an operation did not end, if that happened
 * @since 0.1
 */
public record LoadResult(
        String name,
        LoadOptions options,
        Instant started,
        Duration elapsed,
        long operations,
        long completed,
        long errors,
        long notStarted,
        Latencies latencies,
        Latencies serviceTimes,
        Latencies lateness,
        List<Second> seconds,
        List<Thrown> failures,
        List<String> notes,
        Optional<String> hang) {
    /**
     * About a second of the load.
     *
     * @param begin when it began, from the begin of measuring
     * @param length how long it was: the last one may be shorter
     * @param operations how many operations ended in it
     * @param errors how many of them failed
     * @param p50 the median latency of those operations, and of those that were not begun until its end if it is the last one
     * @param p99 their 99th percentile
     * @param longest their longest latency
     * @since 0.1
     */
    public record Second(
            Duration begin,
            Duration length,
            long operations,
            long errors,
            Duration p50,
            Duration p99,
            Duration longest) {}

    /**
     * What operations threw.
     *
     * @param type the class of the exception
     * @param count how many operations threw it
     * @param first the first one
     * @since 0.1
     */
    public record Thrown(String type, long count, Throwable first) {}

    /** Copies the lists. */
    public LoadResult {
        seconds = List.copyOf(seconds);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
    }

    /** Returns how many operations ended in a second, on average. */
    public double throughput() {
        return elapsed.isZero() ? 0 : completed * 1e9 / elapsed.toNanos();
    }

    /** Returns how many of the operations were called: what was due and not begun before the end was not. */
    public long calls() {
        return operations - notStarted;
    }

    /** Returns the share of the calls that failed, from 0 to 1; 0 when there was no call. */
    public double errorShare() {
        return calls() == 0 ? 0 : (double) errors / calls();
    }

    /** Returns whether an operation hung before anything was measured. */
    boolean hungInWarmup() {
        return hang.isPresent() && elapsed.isZero();
    }

    /** Returns everything as text. */
    public String report() {
        return LoadReport.of(this);
    }

    /**
     * Returns this result when nothing hung and all limits are kept.
     *
     * @throws LoadFailure when not
     */
    public LoadResult orThrow(LoadLimits limits) {
        return orThrow(violations(limits), "");
    }

    /**
     * Returns this result when nothing hung, all limits are kept and it is no worse than the baseline.
     *
     * @throws LoadFailure when not
     */
    public LoadResult orThrow(LoadLimits limits, BaselineComparison comparison) {
        List<String> violations = violations(limits);
        violations.addAll(comparison.violations());
        return orThrow(violations, comparison.text());
    }

    private LoadResult orThrow(List<String> violations, String more) {
        if (!violations.isEmpty()) {
            throw new LoadFailure(this, violations, more);
        }
        return this;
    }

    /** Returns a sentence for everything that makes this a failure: what hung, and the limits that were not kept. */
    public List<String> violations(LoadLimits limits) {
        List<String> violations = new ArrayList<>();
        hang.ifPresent(text -> violations.add("An operation did not end within " + Quantity.latency(options.timeout())
                + (hungInWarmup() ? ", in the warm-up" : "") + ". What the threads did:\n" + text));
        if (!hungInWarmup()) { // nothing was measured that could keep a limit, or not
            violations.addAll(limits.violations(this));
        }
        return violations;
    }
}
