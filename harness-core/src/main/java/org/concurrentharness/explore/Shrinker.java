package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the schedule that fails in the same way with the fewest departures from running on.
 *
 * <p>First by breadth: all schedules with no departure, with one, with two, as far as the bound on executions reaches; what is
 * found so is the shortest there is. Then, for bugs that need more, by leaving out one departure after the other of the schedule
 * at hand (as delta debugging does, Zeller and Hildebrandt, TSE 2002). The same failure gives the same result: executions are
 * bounded by their number; the bound on time only guards against very long ones.
 */
final class Shrinker {
    private static final int MAX_EXECUTIONS = 3_000;
    private static final long MAX_NANOS = 4_000_000_000L;

    /** Runs schedules for the shrinker. */
    interface Runner {
        Attempt run(Schedule schedule);

        /** Returns how many choices the last run made. */
        int choicesMade();

        /** Returns the candidates not taken at a choice of the last run. */
        int[] notTaken(int position);
    }

    /** A schedule that did not fail, with the choices that it left open. */
    @SuppressWarnings("ArrayRecordComponent") // a note of this class to itself, never compared
    private record Node(Schedule schedule, int[][] open) {}

    private final Runner runner;
    private final Predicate<Attempt> isBug;
    private final long end;
    private Attempt best;
    private int executions;

    /**
     * Creates a shrinker.
     *
     * @param isBug whether an execution shows what {@code failing} shows
     */
    Shrinker(Runner runner, Attempt failing, Predicate<Attempt> isBug) {
        this.runner = runner;
        this.isBug = isBug;
        this.best = failing;
        this.end = System.nanoTime() + MAX_NANOS;
    }

    Attempt shrink() {
        if (best.schedule().size() > 0 && !byBreadth()) {
            byLeavingOut();
        }
        return best;
    }

    private boolean spent() {
        return executions >= MAX_EXECUTIONS || System.nanoTime() > end;
    }

    private boolean fails(Schedule schedule) {
        executions++;
        Attempt attempt = runner.run(schedule);
        if (!isBug.test(attempt)) {
            return false;
        }
        if (attempt.schedule().size() < best.schedule().size()
                || (attempt.schedule().size() == best.schedule().size() && attempt.steps() < best.steps())) {
            best = attempt;
            return true;
        }
        return false;
    }

    private boolean byBreadth() {
        List<Node> level = new ArrayList<>();
        Schedule plainest = best.schedule().plainest();
        if (fails(plainest)) {
            return true;
        }
        level.add(node(plainest));
        for (int departures = 1; departures < best.schedule().size() && !level.isEmpty(); departures++) {
            List<Node> next = new ArrayList<>();
            for (Node node : level) {
                int first = node.schedule().size() == 0
                        ? 0
                        : node.schedule().positions()[node.schedule().size() - 1] + 1;
                for (int position = first; position < node.open().length; position++) {
                    for (int thread : node.open()[position]) {
                        if (spent()) {
                            return false;
                        }
                        Schedule schedule = node.schedule().with(position, thread);
                        if (fails(schedule)) {
                            return true;
                        }
                        next.add(node(schedule));
                    }
                }
            }
            level = next;
        }
        return false;
    }

    private Node node(Schedule schedule) {
        int[][] open = new int[runner.choicesMade()][];
        for (int i = 0; i < open.length; i++) {
            open[i] = runner.notTaken(i);
        }
        return new Node(schedule, open);
    }

    private void byLeavingOut() {
        executions = 0;
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int i = best.schedule().size() - 1; i >= 0 && !spent(); i--) {
                if (i < best.schedule().size() && fails(best.schedule().without(i))) {
                    improved = true;
                }
            }
        }
    }
}
