package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for the schedule that fails in the same way with the fewest departures from running on, a preemption counting as much as
 * {@value #PREEMPTION} others; then with the fewest preemptions, the fewest threads and the fewest steps. What is not a preemption is to
 * let another thread than the first one go on where the running one cannot.
 *
 * <p>First by breadth: all schedules with no departure, then those with more and more of them, as far as the bound on executions
 * reaches; what is found so is the shortest there is. Then, for bugs that need more, by leaving out one
 * departure after the other of the schedule at hand (as delta debugging does, Zeller and Hildebrandt, TSE 2002). The same failure
 * gives the same result: executions are bounded by their number; the bound on time only guards against very long ones.
 */
final class Shrinker {
    private static final int PREEMPTION = 2;
    private static final int MAX_EXECUTIONS = 3_000;

    /** Executions that look for fewer threads and steps when the fewest departures are known. */
    private static final int MAX_FOR_EQUALS = 50;

    private static final long MAX_NANOS = 4_000_000_000L;

    /** Runs schedules for the shrinker. */
    interface Runner {
        Attempt run(Schedule schedule);

        /** Returns how many choices the last run made. */
        int choicesMade();

        /** Returns the candidates not taken at a choice of the last run. */
        int[] notTaken(int position);

        /** Returns whether the running thread could have gone on at a choice of the last run. */
        boolean couldGoOn(int position);
    }

    /** A schedule that did not fail, with the choices that it left open. */
    @SuppressWarnings("ArrayRecordComponent") // a note of this class to itself, never compared
    private record Node(Schedule schedule, int[][] open, boolean[] couldGoOn) {}

    /** To be done: a node with each of its choices changed at which the running thread could have gone on, or could not. */
    private record Expansion(Node node, boolean preempts) {}

    private final Runner runner;
    private final Predicate<Attempt> isBug;
    private final long end;
    private final List<List<Expansion>> levels = new ArrayList<>();
    private Attempt best;
    private int executions;
    private int most = MAX_EXECUTIONS;

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

    private static int cost(Attempt attempt) {
        return PREEMPTION * attempt.preemptions()
                + attempt.schedule().size()
                - Math.min(attempt.preemptions(), attempt.schedule().size());
    }

    private static boolean isBetter(Attempt attempt, Attempt other) {
        int byCost = Integer.compare(cost(attempt), cost(other));
        int byPreemptions = Integer.compare(attempt.preemptions(), other.preemptions());
        int byThreads = Integer.compare(attempt.threads(), other.threads());
        if (byCost != 0 || byPreemptions != 0) {
            return byCost != 0 ? byCost < 0 : byPreemptions < 0;
        }
        return byThreads != 0 ? byThreads < 0 : attempt.steps() < other.steps();
    }

    private boolean spent() {
        return executions >= most || System.nanoTime() > end;
    }

    private boolean fails(Schedule schedule) {
        executions++;
        Attempt attempt = runner.run(schedule);
        if (!isBug.test(attempt)) {
            return false;
        }
        if (isBetter(attempt, best)) {
            best = attempt;
        }
        return true;
    }

    private boolean byBreadth() {
        Schedule plainest = best.schedule().plainest();
        if (fails(plainest)) {
            return true;
        }
        open(node(plainest), 0);
        for (int level = 1; level < levels.size() && level <= cost(best) && !spent(); level++) {
            if (explore(level)) {
                return true;
            }
        }
        return false;
    }

    /** Runs the schedules of a level; true when one has failed. */
    private boolean explore(int level) {
        boolean found = false;
        for (Expansion expansion : levels.get(level)) {
            Node node = expansion.node();
            int[] positions = node.schedule().positions();
            int first = positions.length == 0 ? 0 : positions[positions.length - 1] + 1;
            for (int position = first; position < node.open().length; position++) {
                if (node.couldGoOn()[position] != expansion.preempts()) {
                    continue;
                }
                for (int thread : node.open()[position]) {
                    if (spent()) {
                        return found;
                    }
                    Schedule schedule = node.schedule().with(position, thread);
                    if (fails(schedule)) {
                        most = found ? most : Math.min(most, executions + MAX_FOR_EQUALS);
                        found = true;
                    } else if (!found) {
                        open(node(schedule), level);
                    }
                }
            }
        }
        return found;
    }

    private void open(Node node, int level) {
        while (levels.size() <= level + PREEMPTION) {
            levels.add(new ArrayList<>());
        }
        levels.get(level + 1).add(new Expansion(node, false));
        levels.get(level + PREEMPTION).add(new Expansion(node, true));
    }

    private Node node(Schedule schedule) {
        int[][] open = new int[runner.choicesMade()][];
        boolean[] couldGoOn = new boolean[open.length];
        for (int i = 0; i < open.length; i++) {
            open[i] = runner.notTaken(i);
            couldGoOn[i] = runner.couldGoOn(i);
        }
        return new Node(schedule, open, couldGoOn);
    }

    private void byLeavingOut() {
        executions = 0;
        most = MAX_EXECUTIONS;
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int i = best.schedule().size() - 1; i >= 0 && !spent(); i--) {
                Attempt before = best;
                if (i < best.schedule().size() && fails(best.schedule().without(i))) {
                    improved |= best != before;
                }
            }
        }
    }
}
