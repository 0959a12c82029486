package org.concurrentharness.stress;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what rounds came to. Written by the first worker; when that hangs, others read it all the same, hence thread-safe. */
final class Tally {
    /** A test may put anything into its outcomes, and it is to be told about in a table. */
    private static final int MOST_OUTCOMES = 1_000;

    private static final String OTHERS = "(others)";
    private static final Expectation THROWN = Expectation.of("", Expect.FORBIDDEN, "");

    private final List<Expectation> expectations;
    private final Map<String, Count> outcomes = new LinkedHashMap<>();
    private final Map<Start, long[]> starts = new EnumMap<>(Start.class);
    private long rounds;
    private long failures;
    private @Nullable Found first;

    Tally(List<Expectation> expectations) {
        this.expectations = expectations;
        for (Start start : Start.values()) {
            starts.put(start, new long[2]);
        }
    }

    /**
     * The first failure.
     *
     * @param round the number of the round, from 1
     * @param start how it started
     * @param where what failed, such as {@code actor deposits}
     * @param cause what was thrown, null for a forbidden outcome
     */
    record Found(
            long round, Start start, String where, @Nullable Throwable cause) {}

    private static final class Count {
        final Expectation expectation;
        final boolean failed;
        long count;

        Count(Expectation expectation, boolean failed) {
            this.expectation = expectation;
            this.failed = failed;
        }
    }

    /** Counts a round that ended with an outcome. */
    synchronized void ended(String outcome, Start start) {
        Count count = outcomes.get(outcome);
        if (count == null) {
            Expectation expectation = Expectation.of(outcome, expectations);
            count = new Count(expectation, expectation.expect() == Expect.FORBIDDEN);
            count = keep(outcome, count);
        }
        add(count, start, "outcome " + outcome, null);
    }

    /** Counts a round in which something was thrown. */
    synchronized void failed(String outcome, Start start, String where, Throwable cause) {
        Count count = outcomes.get(outcome);
        if (count == null) {
            count = keep(outcome, new Count(THROWN, true));
        }
        add(count, start, where, cause);
    }

    private Count keep(String outcome, Count fresh) {
        if (outcomes.size() < MOST_OUTCOMES) {
            outcomes.put(outcome, fresh);
            return fresh;
        }
        String others = OTHERS + (fresh.failed ? " that fail" : "");
        return outcomes.computeIfAbsent(others, key -> fresh);
    }

    private void add(Count count, Start start, String where, @Nullable Throwable cause) {
        rounds++;
        count.count++;
        long[] ofStart = starts.get(start);
        if (ofStart != null) {
            ofStart[0]++;
            ofStart[1] += count.failed ? 1 : 0;
        }
        if (count.failed) {
            failures++;
            if (first == null) {
                first = new Found(rounds, start, where, cause);
            }
        }
    }

    /** Counts the round that did not end. */
    synchronized void hung(Start start) {
        failed("(hung)", start, "hang", new IllegalStateException("hung"));
    }

    synchronized long rounds() {
        return rounds;
    }

    synchronized long failures() {
        return failures;
    }

    synchronized Optional<Found> first() {
        return Optional.ofNullable(first);
    }

    /** Returns all outcomes, failures first, then the frequent ones. */
    synchronized List<StressResult.Seen> seen() {
        List<StressResult.Seen> seen = new ArrayList<>();
        outcomes.forEach((outcome, count) -> seen.add(new StressResult.Seen(
                outcome, count.count, count.expectation.expect(), count.expectation.description())));
        seen.sort((a, b) -> a.expect() == b.expect()
                ? Long.compare(b.count(), a.count())
                : b.expect().compareTo(a.expect()));
        return seen;
    }

    /** Returns what became of rounds by how they started. */
    synchronized List<StressResult.Tried> tried() {
        List<StressResult.Tried> tried = new ArrayList<>();
        starts.forEach((start, counts) -> tried.add(new StressResult.Tried(start, counts[0], counts[1])));
        return tried;
    }
}
