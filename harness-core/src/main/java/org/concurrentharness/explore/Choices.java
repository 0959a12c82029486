package org.concurrentharness.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Asks the strategy who goes on, and remembers the answers that depart from the default. */
final class Choices implements SchedulingPoint {
    private final ThreadTable threads;
    private final int maxPreemptions;
    private Strategy strategy;

    /** The strategy again, when it learns from what there is nothing to choose at. */
    private @Nullable Learner learner;

    /** The strategy, when it wants to know of each step. */
    private @Nullable Exhaustive exhaustive;

    /** {@link #some}, or all enabled threads. */
    private ManagedThread[] candidates;

    private ManagedThread[] some = new ManagedThread[8];
    private int candidateCount;
    private int currentIndex;
    private boolean wakeUp;
    private int step;

    private int made;
    private int preemptions;

    /** The product of the numbers of candidates. */
    private double weight;

    private int[] positions = new int[64];
    private int[] chosen = new int[64];
    private int departures;

    /** For the shrinker: the candidates at each choice, when it asks for them. */
    private boolean logging;

    private int[][] log = new int[0][];
    private boolean[] couldGoOn = new boolean[0];

    Choices(ThreadTable threads, int maxPreemptions) {
        this.threads = threads;
        this.candidates = some;
        this.maxPreemptions = maxPreemptions;
        this.strategy = new Replay(Schedule.DEFAULT);
    }

    void begin(Strategy newStrategy, boolean logCandidates) {
        strategy = newStrategy;
        learner = newStrategy instanceof Learner learns && learns.learns() ? learns : null;
        exhaustive = newStrategy instanceof Exhaustive all ? all : null;
        made = 0;
        preemptions = 0;
        weight = 1;
        departures = 0;
        logging = logCandidates;
    }

    /** Returns the only thread that can be chosen. */
    ManagedThread only(ManagedThread thread) {
        if (exhaustive != null) {
            exhaustive.only(thread);
        }
        return thread;
    }

    /** Returns whether the execution can only repeat one that has been. */
    boolean redundant() {
        return exhaustive != null && exhaustive.redundant();
    }

    /** Chooses among the enabled threads, at least one; {@code current} ran last and may be one of them. */
    ManagedThread next(ManagedThread current, int steps) {
        ManagedThread next = pick(current, steps);
        passes(next);
        return next;
    }

    /** Notes that a thread goes on, after a choice or without one. */
    void passes(ManagedThread thread) {
        Learner learns = learner;
        if (learns != null) {
            learns.passes(thread.id, thread.pending, thread.site, thread.pendingWrites);
        }
    }

    private ManagedThread pick(ManagedThread current, int steps) {
        int n = threads.enabledCount();
        ManagedThread[] enabled = threads.enabled();
        if (n == 1) {
            return only(enabled[0]);
        }
        int count = 0;
        int index = -1;
        if (threads.allMayRun()) {
            for (int i = 0; i < n; i++) {
                if (enabled[i] == current) {
                    index = i;
                }
            }
            if (candidates != enabled) {
                candidates = enabled;
            }
            count = n;
        } else {
            ManagedThread[] some = some(n);
            candidates = some;
            for (int i = 0; i < n; i++) {
                if (threads.mayRun(enabled[i])) {
                    if (enabled[i] == current) {
                        index = count;
                    }
                    some[count++] = enabled[i];
                }
            }
            if (count == 0) {
                // all gave way: anybody but the one that did so last
                for (int i = 0; i < n; i++) {
                    if (enabled[i] != current) {
                        some[count++] = enabled[i];
                    }
                }
            }
        }
        if (count == 1) {
            return only(candidates[0]);
        }
        if (index >= 0 && maxPreemptions >= 0 && preemptions >= maxPreemptions) {
            return only(current);
        }
        ManagedThread next = choose(count, index, steps, false);
        if (index >= 0 && next != current) {
            preemptions++;
        }
        return next;
    }

    /** Chooses which of the threads that wait at a monitor is woken. */
    ManagedThread wakeUp(ThreadList waiting, int steps) {
        int n = waiting.size();
        if (n == 1) {
            return waiting.get(0);
        }
        ManagedThread[] some = some(n);
        for (int i = 0; i < n; i++) {
            some[i] = waiting.get(i);
        }
        candidates = some;
        return choose(n, -1, steps, true);
    }

    private ManagedThread[] some(int count) {
        if (some.length < count) {
            some = new ManagedThread[2 * count];
        }
        return some;
    }

    private ManagedThread choose(int count, int index, int steps, boolean isWakeUp) {
        candidateCount = count;
        currentIndex = index;
        step = steps;
        wakeUp = isWakeUp;
        weight *= count;
        ManagedThread thread = candidates[strategy.choose(this)];
        if (thread != candidates[Math.max(0, index)]) {
            if (departures == positions.length) {
                positions = Arrays.copyOf(positions, 2 * departures);
                chosen = Arrays.copyOf(chosen, 2 * departures);
            }
            positions[departures] = made;
            chosen[departures++] = thread.id;
        }
        if (logging) {
            log(thread);
        }
        made++;
        return thread;
    }

    private void log(ManagedThread thread) {
        if (made >= log.length) {
            log = Arrays.copyOf(log, Math.max(64, 2 * made));
            couldGoOn = Arrays.copyOf(couldGoOn, log.length);
        }
        int[] others = new int[candidateCount - 1];
        for (int i = 0, j = 0; i < candidateCount; i++) {
            if (candidates[i] != thread) {
                others[j++] = candidates[i].id;
            }
        }
        log[made] = others;
        couldGoOn[made] = currentIndex >= 0;
    }

    /** Returns the candidates that were not taken at choice {@code position}, when candidates were logged. */
    int[] notTaken(int position) {
        return log[position];
    }

    /** Returns whether the running thread was a candidate at choice {@code position}, when candidates were logged. */
    boolean couldGoOn(int position) {
        return couldGoOn[position];
    }

    int made() {
        return made;
    }

    int preemptions() {
        return preemptions;
    }

    /** Returns the product of the numbers of candidates at the choices made. */
    double weight() {
        return weight;
    }

    /** Returns the choices of the execution, which had {@code points}. */
    Schedule schedule(RacyPoints points) {
        return new Schedule(Arrays.copyOf(positions, departures), Arrays.copyOf(chosen, departures), made, points);
    }

    @Override
    public int candidates() {
        return candidateCount;
    }

    @Override
    public int candidate(int index) {
        return candidates[index].id;
    }

    @Override
    public int location(int index) {
        return candidates[index].pending;
    }

    @Override
    public boolean writes(int index) {
        return candidates[index].pendingWrites;
    }

    @Override
    public int place(int index) {
        return candidates[index].site;
    }

    @Override
    public int gaveWay(int index) {
        return candidates[index].timesGivenWay;
    }

    @Override
    public int currentIndex() {
        return currentIndex;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public boolean wakeUp() {
        return wakeUp;
    }
}
