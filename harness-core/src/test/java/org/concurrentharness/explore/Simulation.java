package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Threads that are nothing but lists of operations, for strategies alone: every thread can always go on until it has done its
 * operations, and all of them stand before their first one at the beginning.
 */
final class Simulation implements SchedulingPoint {
    /** An operation: what it touches, whether it writes, and where it stands. */
    record Operation(int location, boolean writes, int place) {}

    private final Operation[][] threads;
    private final int[] next;
    private final int[] candidates;
    private int count;
    private int last;
    private int step;

    /** Who did the operations, in order. */
    final int[] order;

    Simulation(Operation[]... threads) {
        this.threads = threads;
        this.next = new int[threads.length];
        this.candidates = new int[threads.length];
        int sum = 0;
        for (Operation[] thread : threads) {
            sum += thread.length;
        }
        this.order = new int[sum];
    }

    /** Returns {@code count} writes of a location, each at a place of its own. */
    static Operation[] writes(int count, int location, int firstPlace) {
        Operation[] result = new Operation[count];
        for (int i = 0; i < count; i++) {
            result[i] = new Operation(location, true, firstPlace + i);
        }
        return result;
    }

    /** Runs one execution; afterwards {@link #order} tells who did what when. */
    void run(Strategy strategy, int execution) {
        Arrays.fill(next, 0);
        last = -1;
        strategy.begin(execution);
        Learner learner = strategy instanceof Learner learns ? learns : null;
        for (step = 0; step < order.length; step++) {
            count = 0;
            for (int i = 0; i < threads.length; i++) {
                if (next[i] < threads[i].length) {
                    candidates[count++] = i;
                }
            }
            last = candidates[count == 1 ? 0 : strategy.choose(this)];
            Operation operation = threads[last][next[last]++];
            if (learner != null) {
                learner.passes(last, operation.location(), operation.place(), operation.writes());
            }
            order[step] = last;
        }
        strategy.end(new ExecutionResult(execution, false, step, 0, Arrays.hashCode(order), true));
    }

    /** Returns when a thread did its operation of the given number, both from 0. */
    int when(int thread, int operation) {
        int seen = 0;
        for (int i = 0; i < order.length; i++) {
            if (order[i] == thread && seen++ == operation) {
                return i;
            }
        }
        throw new IllegalArgumentException("thread " + thread + " has no operation " + operation);
    }

    private Operation pending(int index) {
        int thread = candidates[index];
        return threads[thread][next[thread]];
    }

    @Override
    public int candidates() {
        return count;
    }

    @Override
    public int candidate(int index) {
        return candidates[index];
    }

    @Override
    public int currentIndex() {
        for (int i = 0; i < count; i++) {
            if (candidates[i] == last) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public int location(int index) {
        return pending(index).location();
    }

    @Override
    public boolean writes(int index) {
        return pending(index).writes();
    }

    @Override
    public int place(int index) {
        return pending(index).place();
    }

    @Override
    public int gaveWay(int index) {
        return 0;
    }

    @Override
    public boolean wakeUp() {
        return false;
    }
}
