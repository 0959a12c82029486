package org.concurrentharness.benchmarks.primitives;

import org.concurrentharness.benchmarks.programs.Operations;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;

/**
 * An operation of the engine. Its cost is the difference of two campaigns of which one has three times the executions: their starts,
 * and the time until their code is compiled, are in both.
 */
public enum Primitive {
    // of two threads, without preemptions: nobody switches
    POINT("scheduling point, the thread goes on", 10_000, 2, 200, 20),
    // of two threads, by a random walk: every other point switches
    WALK("scheduling point of a random walk", 10_000, 2, 200, 10),
    FIELD_READ("plain read of a field", 1_000_000, 1, 20, 20),
    FIELD_WRITE("plain write of a field", 1_000_000, 1, 20, 20),
    ELEMENT_WRITE("plain write of an array's element", 1_000_000, 1, 20, 20),
    // for each object its element is read, and its field read and written
    OBJECTS("plain access of 64 objects in turn", 1_000_000, 3, 10, 10),
    MONITOR("monitor, enter and exit", 10_000, 1, 200, 20),
    EXECUTION("empty execution", 1, 1, 100_000, 2_000),
    TWO_THREADS("execution of two empty threads", 1, 1, 100_000, 2_000);

    private final String label;
    private final int count;
    private final int operations;
    private final int onFibers;
    private final int onThreads;

    Primitive(String label, int count, int operations, int onFibers, int onThreads) {
        this.label = label;
        this.count = count;
        this.operations = operations;
        this.onFibers = onFibers;
        this.onThreads = onThreads;
    }

    /** Returns what the table calls it. */
    String label() {
        return label;
    }

    /** Returns how many operations the large campaign does more than the small one. */
    long difference(boolean fibers) {
        return (long) (executions(fibers, true) - executions(fibers, false)) * count * operations;
    }

    private int executions(boolean fibers, boolean large) {
        return (fibers ? onFibers : onThreads) * (large ? 3 : 1);
    }

    /** Runs the campaign. */
    Exploration explore(Options base, boolean fibers, boolean large) {
        Options options = base.executions(executions(fibers, large)).strategy(Search.RANDOM);
        int times = count;
        Exploration result = switch (this) {
            case POINT -> Explorer.explore(options.preemptions(0), () -> new Operations().points(times));
            case WALK -> Explorer.explore(options, () -> new Operations().points(times));
            case FIELD_READ ->
                Explorer.explore(options, () -> {
                    new Operations().fieldReads(times);
                });
            case FIELD_WRITE -> Explorer.explore(options, () -> new Operations().fieldWrites(times));
            case ELEMENT_WRITE -> Explorer.explore(options, () -> new Operations().elementWrites(times));
            case OBJECTS -> Explorer.explore(options, () -> new Operations().objectAccesses(times));
            case MONITOR -> Explorer.explore(options, () -> new Operations().monitors(times));
            case EXECUTION -> Explorer.explore(options, () -> {});
            case TWO_THREADS -> Explorer.explore(options, () -> new Operations().twoThreads());
        };
        if (result.verdict() != Verdict.SURVIVED || result.executions() != options.executions()) {
            throw new IllegalStateException(this + ": " + result);
        }
        return result;
    }
}
