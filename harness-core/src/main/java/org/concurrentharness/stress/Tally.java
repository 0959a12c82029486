package org.concurrentharness.stress;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what rounds came to. Written by the first worker; when that hangs, others read it all the same, hence thread-safe. */
final class Tally {
    /** A test may put anything into its outcomes, and it is to be told about in a table. */
    private static final int MOST_OUTCOMES = 1_000;

    private static final int MOST_FAILED = 100_000;
    private static final String NOTHING = "(nothing put)";
    private static final String OTHERS = "(others)";
    private static final Expectation THROWN = Expectation.of("", Expect.FORBIDDEN, "");

    private final List<Expectation> expectations;
    private final Map<String, Count> outcomes = new LinkedHashMap<>();
    private final Map<Start, long[]> starts = new EnumMap<>(Start.class);
    private long rounds;
    private long failures;
    private @Nullable Found first;

    /** Which rounds failed, as far as there is room: what comes of a round later must not fail it twice. */
    private final Set<Long> failed = new HashSet<>();

    private boolean closed;

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
        if (closed) {
            return;
        }
        Count count = outcomes.get(outcome);
        if (count == null) {
            Expectation expectation = Expectation.of(outcome, expectations);
            count = new Count(expectation, expectation.expect() == Expect.FORBIDDEN);
            count = keep(outcome, count);
        }
        add(count, start, "outcome " + told(outcome), null);
    }

    /** Counts a round in which something was thrown. */
    synchronized void failed(String outcome, Start start, String where, Throwable cause) {
        if (closed) {
            return;
        }
        Count count = outcomes.get(outcome);
        if (count == null) {
            count = keep(outcome, new Count(THROWN, true));
        }
        add(count, start, where, cause);
    }

    /** Returns what reports call an outcome. */
    static String told(String outcome) {
        return outcome.isEmpty() ? NOTHING : outcome;
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
            note(rounds);
            if (first == null) {
                first = new Found(rounds, start, where, cause);
            }
        }
    }

    /** Counts the round that did not end, and nothing after it: what its threads do when they are interrupted says nothing. */
    synchronized void hung(Hang hang) {
        if (first == null) {
            first = new Found(
                    hang.round(), hang.start(), hang.where(), null); // not the next one of those that are counted
        }
        add(keep("(hung)", new Count(THROWN, true)), hang.start(), hang.where(), null);
        closed = true;
    }

    /**
     * Counts threads that rounds had started and that threw. Their rounds have their outcomes besides, and fail now if they did not.
     *
     * @param round the round that a thread is counted to of which no origin is known
     * @param start how that round started
     */
    synchronized void strayed(List<Strays.Stray> strays, long round, Start start) {
        Map<String, Set<Long>> counted = new HashMap<>();
        for (Strays.Stray stray : strays) {
            Strays.Origin origin = stray.origin();
            Strays.Origin of = origin == null ? new Strays.Origin(round, start, "this round or one before") : origin;
            String type = stray.cause().getClass().getName();
            String outcome = "a thread that " + of.by() + " started threw " + type;
            Count count = outcomes.get(outcome);
            if (count == null) {
                count = keep(outcome, new Count(THROWN, true));
            }
            if (counted.computeIfAbsent(outcome, key -> new HashSet<>()).add(of.round())) {
                count.count++;
            }
            long[] ofStart = starts.get(of.start());
            if (!failed.contains(of.round()) && failures < rounds) {
                failures++;
                if (ofStart != null && ofStart[1] < ofStart[0]) {
                    ofStart[1]++;
                }
            }
            note(of.round());
            if (first == null || of.round() < first.round()) {
                String where = "thread " + stray.thread() + ", started by " + of.by();
                first = new Found(of.round(), of.start(), where, stray.cause());
            }
        }
    }

    private void note(long round) {
        if (failed.size() < MOST_FAILED) {
            failed.add(round);
        }
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
