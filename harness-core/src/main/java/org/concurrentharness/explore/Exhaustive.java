package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explores every schedule up to equivalence: dynamic partial order reduction with source sets and sleep sets (Abdulla, Aronis,
 * Jonsson, Sagonas, Optimal dynamic partial order reduction, POPL 2014; the longer version in JACM 2017). Two schedules are
 * equivalent when they differ only in the order of steps that touch nothing in common, or only read it.
 *
 * <p>After each execution its races are looked for, and where the later step of a race could have come first, that is noted as a
 * choice to be made at the earlier one. Sleep sets cut an execution short as soon as it can only repeat one that has been: it counts
 * as redundant and not as explored. The memory needed grows with the length of an execution and not with their number.
 *
 * <p>With a bound on preemptions the reduction would lose schedules (Coons, Musuvathi, McKinley, OOPSLA 2013), so that then every
 * choice is tried.
 *
 * <p>Threads that spin or yield are explored fairly, as everywhere: see {@link ThreadTable#mayRun}.
 */
final class Exhaustive implements Strategy {
    /** A process whose next step needs no exploring here, with what that step touched when it was explored. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sleeper(int process, int step, long[] names, boolean[] named, byte[] kinds, int[] types) {}

    /** A decision of the current execution: whose step comes next, or whom a {@code notify} wakes. */
    private static final class Node {
        boolean wakeUp;

        /** The step that the decision begins, or in which it lies. */
        int step;

        long candidates;
        long toExplore;
        long explored;
        int chosen;

        long hash;
        boolean hashed;
        final List<Sleeper> asleep = new ArrayList<>();

        /** The chosen step's footprints under other wake-ups. */
        final List<Sleeper> explorations = new ArrayList<>();

        void reset() {
            toExplore = 0;
            explored = 0;
            hashed = false;
            asleep.clear();
            explorations.clear();
        }

        long sleeping() {
            long set = 0;
            for (Sleeper each : asleep) {
                set |= 1L << each.process;
            }
            return set;
        }
    }

    private final Footprints log;
    private final Dependences dependences;
    private final boolean everyChoice;
    private final List<Node> nodes = new ArrayList<>();
    private int depth;

    /** The decision that comes next. */
    private int position;

    /** By step: the decision before it. */
    private int[] decisionOfStep = new int[256];

    /** The first step that is new in this execution. */
    private int firstNew;

    private boolean redundant;
    private boolean began;
    private int executions;
    private int redundancies;

    // why the search cannot go on; told in words only when somebody asks, since managed threads find it out
    private boolean stopped;
    private boolean tooManyThreads;
    private int differingStep;
    private int differingSite;
    private final DistinctCounter hashes = new DistinctCounter();
    private final int[] firstIndex = new int[Footprints.MOST_PROCESSES];

    /**
     * Creates a search.
     *
     * @param everyChoice whether every choice is tried, without reduction
     */
    Exhaustive(Footprints log, boolean everyChoice) {
        this.log = log;
        this.dependences = new Dependences(log);
        this.everyChoice = everyChoice;
    }

    // ---- what has been found ----------------------------------------------------------------------------------------

    /** Returns whether the current execution can only repeat one that has been, so that it should be left. */
    boolean redundant() {
        return redundant;
    }

    /** Returns how many executions have been explored, without the redundant ones. */
    int executions() {
        return executions;
    }

    /** Returns how many of them are inequivalent: all, unless there is a bound on preemptions; beyond 65 536 an estimate. */
    int classes() {
        return hashes.count();
    }

    /** Returns how many executions were cut short since they could only repeat others. */
    int redundancies() {
        return redundancies;
    }

    /** Returns why the search cannot go on, if it cannot: executions of the same schedule differ, for one. */
    @Nullable
    String obstacle() {
        if (!stopped) {
            return null;
        }
        return tooManyThreads ? Messages.TOO_MANY_THREADS : Messages.stepDiffers(differingStep, differingSite);
    }

    /**
     * Estimates which share of the search is done, from the decisions that are open: each alternative counts as much as its
     * siblings.
     */
    double share() {
        double share = 0;
        double weight = 1;
        for (int i = 0; i < depth; i++) {
            Node node = nodes.get(i);
            int all = Long.bitCount(node.toExplore | node.explored);
            int done = Long.bitCount(node.explored);
            if (all > 1) {
                share += weight * done / all;
                weight /= all;
            }
        }
        return Math.min(1, share);
    }

    // ---- the strategy -----------------------------------------------------------------------------------------------

    @Override
    public boolean begin(int execution) {
        if (stopped || (began && !advance())) {
            return false;
        }
        began = true;
        position = 0;
        redundant = false;
        return true;
    }

    /** Goes to the deepest decision that has an alternative left, and takes it; false when there is none. */
    private boolean advance() {
        if (redundant) {
            depth--; // the decision of which all candidates slept
        }
        while (depth > 0) {
            Node node = nodes.get(depth - 1);
            node.explored |= 1L << node.chosen;
            Node step = stepNode(depth - 1);
            if (!everyChoice) {
                step.explorations.add(footprint(step));
            }
            if (!node.wakeUp) {
                node.asleep.addAll(node.explorations);
                node.explorations.clear();
            }
            long left = node.toExplore & ~node.explored & ~(node.wakeUp ? 0 : node.sleeping());
            if (left != 0) {
                node.chosen = Long.numberOfTrailingZeros(left);
                step.hashed = false;
                firstNew = node.step;
                return true;
            }
            depth--;
        }
        return false;
    }

    /** Returns the decision by which the step began that contains a decision. */
    private Node stepNode(int decision) {
        int i = decision;
        while (nodes.get(i).wakeUp) {
            i--;
        }
        return nodes.get(i);
    }

    private Sleeper footprint(Node node) {
        int from = log.begin(node.step);
        int length = log.begin(node.step + 1) - from;
        long[] names = new long[length];
        boolean[] named = new boolean[length];
        byte[] kinds = new byte[length];
        int[] types = new int[length];
        for (int i = 0; i < length; i++) {
            kinds[i] = log.kind(from + i);
            if (kinds[i] < Footprints.AFTER) {
                int cell = log.cell(from + i);
                names[i] = log.name(cell);
                named[i] = log.namedIn(cell) < node.step;
                types[i] = log.type(cell);
            }
        }
        return new Sleeper(node.chosen, node.step, names, named, kinds, types);
    }

    @Override
    public int choose(SchedulingPoint point) {
        long candidates = 0;
        for (int i = 0; i < point.candidates(); i++) {
            candidates |= 1L << log.processOfThread(point.candidate(i));
        }
        int current = point.currentIndex();
        int chosen =
                decide(candidates, current < 0 ? -1 : log.processOfThread(point.candidate(current)), point.wakeUp());
        for (int i = 0; i < point.candidates(); i++) {
            if (log.processOfThread(point.candidate(i)) == chosen) {
                return i;
            }
        }
        return Math.max(0, current); // executions of the same schedule differ, and that is noted
    }

    /** Takes note of a decision at which there is one candidate only. */
    void only(ManagedThread thread) {
        int process = log.processOfThread(thread.id);
        decide(1L << process, process, false);
    }

    private int decide(long candidates, int current, boolean wakeUp) {
        if (redundant || stopped) {
            return current >= 0 ? current : Long.numberOfTrailingZeros(candidates);
        }
        if (log.tooMany()) {
            stopped = true;
            tooManyThreads = true;
        }
        if (!wakeUp) {
            checkLastStep();
        }
        Node node;
        if (position < depth) {
            node = nodes.get(position);
            if (node.candidates != candidates || node.wakeUp != wakeUp) {
                differs();
            }
        } else {
            node = add(candidates, current, wakeUp);
        }
        if (!wakeUp) {
            if (log.steps() >= decisionOfStep.length) {
                decisionOfStep = Arrays.copyOf(decisionOfStep, 2 * decisionOfStep.length);
            }
            decisionOfStep[log.steps()] = position;
        }
        position++;
        return node.chosen;
    }

    private Node add(long candidates, int current, boolean wakeUp) {
        if (depth == nodes.size()) {
            nodes.add(new Node());
        }
        Node node = nodes.get(depth);
        node.reset();
        node.wakeUp = wakeUp;
        node.step = wakeUp ? log.steps() - 1 : log.steps();
        node.candidates = candidates;
        if (wakeUp || everyChoice) {
            node.toExplore = candidates;
            node.chosen = current >= 0 ? current : Long.numberOfTrailingZeros(candidates);
        } else {
            inheritSleep(node);
            long awake = candidates & ~node.sleeping();
            if (awake == 0) {
                redundant = true;
                node.chosen = Long.numberOfTrailingZeros(candidates);
            } else {
                node.chosen =
                        current >= 0 && (awake >>> current & 1) != 0 ? current : Long.numberOfTrailingZeros(awake);
                node.toExplore = 1L << node.chosen;
            }
        }
        depth++;
        return node;
    }

    /** Processes stay asleep whose next step does not depend on the step just done. */
    private void inheritSleep(Node node) {
        if (depth == 0) {
            return;
        }
        Node parent = stepNode(depth - 1);
        int step = log.steps() - 1;
        long awake = 1L << log.process(step);
        for (Sleeper each : parent.asleep) {
            if (depends(each, step)) {
                awake |= 1L << each.process;
            }
        }
        for (Sleeper each : parent.asleep) {
            if ((awake >>> each.process & 1) == 0) {
                node.asleep.add(each);
            }
        }
    }

    private boolean depends(Sleeper sleeper, int step) {
        for (int i = 0; i < sleeper.kinds.length; i++) {
            byte kind = sleeper.kinds[i];
            if (kind >= Footprints.AFTER) {
                if (kind == Footprints.AFTER_ALL) {
                    return true;
                }
                continue;
            }
            for (int entry = log.begin(step); entry < log.begin(step + 1); entry++) {
                byte otherKind = log.kind(entry);
                if (otherKind == Footprints.AFTER_ALL) {
                    return true;
                }
                if (otherKind >= Footprints.AFTER || !conflict(kind, otherKind)) {
                    continue;
                }
                int cell = log.cell(entry);
                // a cell that had no name yet may have got another one now: what might be the same counts as such
                boolean same = sleeper.named[i]
                        ? log.name(cell) == sleeper.names[i]
                        : log.namedIn(cell) >= sleeper.step && log.type(cell) == sleeper.types[i];
                if (same) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean conflict(byte kind, byte other) {
        boolean bothRead = kind == Footprints.READ && other == Footprints.READ;
        boolean bothTry = kind == Footprints.TRY && other == Footprints.TRY;
        return !bothRead && !bothTry;
    }

    // ---- executions that differ -------------------------------------------------------------------------------------

    /** Compares the step just done with what it was in earlier executions of the same schedule. */
    private void checkLastStep() {
        int step = log.steps() - 1;
        if (step < 0) {
            return;
        }
        Node node = nodes.get(decisionOfStep[step]);
        long hash = log.hash(step);
        if (!node.hashed) {
            node.hash = hash;
            node.hashed = true;
        } else if (node.hash != hash) {
            differs();
        }
    }

    private void differs() {
        int step = log.steps() - 1;
        stopped = true;
        differingStep = step + 1;
        differingSite = log.site(Math.max(0, step));
    }

    // ---- after an execution -----------------------------------------------------------------------------------------

    @Override
    public void end(ExecutionResult result) {
        if (!stopped && position < depth && !result.failed()) {
            differs();
        }
        if (stopped) {
            return;
        }
        dependences.analyse(everyChoice ? log.steps() : firstNew, this::race);
        if (redundant) {
            redundancies++;
            return;
        }
        executions++;
        hashes.add(dependences.hash());
    }

    /** The later step could have come before the earlier one: notes whose step must be tried there, if none is yet that leads there. */
    private void race(int first, int second, int[] otherwise) {
        int decision = decisionOfStep[first];
        Node node = nodes.get(decision);
        long initials = initials(first, second, otherwise);
        if ((initials & (node.toExplore | node.explored | node.sleeping())) != 0) {
            return;
        }
        long possible = initials & node.candidates;
        if (possible == 0) {
            return; // it had given way there, to whoever comes first now
        }
        int process = log.process(second);
        node.toExplore |= (possible >>> process & 1) != 0 ? 1L << process : Long.lowestOneBit(possible);
    }

    /**
     * Returns the processes that can begin an execution in which the second step comes before the first: of the steps between that do not
     * depend on the first one, followed by the second, those that depend on none of the others.
     */
    private long initials(int first, int second, int[] otherwise) {
        long seen = 0;
        long initials = 0;
        for (int step = first + 1; step < second; step++) {
            int process = log.process(step);
            if ((seen >>> process & 1) != 0 || dependences.before(first, step)) {
                continue;
            }
            boolean initial = true;
            for (long rest = seen; rest != 0 && initial; rest &= rest - 1) {
                int other = Long.numberOfTrailingZeros(rest);
                initial = dependences.clock(step, other) < firstIndex[other];
            }
            firstIndex[process] = log.index(step);
            seen |= 1L << process;
            if (initial) {
                initials |= 1L << process;
            }
        }
        int process = log.process(second);
        if ((seen >>> process & 1) == 0) {
            boolean initial = true;
            for (long rest = seen; rest != 0 && initial; rest &= rest - 1) {
                int other = Long.numberOfTrailingZeros(rest);
                initial = otherwise[other] < firstIndex[other];
            }
            if (initial) {
                initials |= 1L << process;
            }
        }
        return initials;
    }
}
