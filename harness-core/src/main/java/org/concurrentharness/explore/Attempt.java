package org.concurrentharness.explore;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a schedule did.
 *
 * @param outcome how it failed, or null
 * @param schedule the schedule as it was carried out
 * @param preemptions how many of its switches were preemptive
 * @param threads how many threads took a step
 * @param steps its scheduling points
 * @param traceHash a hash of its steps in order
 * @param result what the body returned, as text; null for nothing
 * @param races the keys of the data races that it had, without those that are known and wanted
 */
record Attempt(
        @Nullable Outcome outcome,
        Schedule schedule,
        int preemptions,
        int threads,
        int steps,
        long traceHash,
        @Nullable String result,
        List<String> races) {
    /** Returns whether this execution did what another one of the same schedule did, as far as can be seen. */
    boolean repeats(Attempt other) {
        return traceHash == other.traceHash
                && Objects.equals(result, other.result)
                && (outcome == null ? other.outcome == null : sameBugAs(other.outcome));
    }

    boolean sameBugAs(@Nullable Outcome other) {
        return outcome != null && outcome.sameBugAs(other);
    }
}
