package org.concurrentharness.explore;

/**
 * Chooses the schedules of a campaign. Called by one thread at a time; an implementation needs no synchronisation.
 *
 * <p>The scheduler keeps every strategy fair: a thread that yields, or spins on what does not change, is not among the
 * candidates until another one has taken a step, unless there is no other.
 *
 * @since 0.1
 */
public interface Strategy {
    /**
     * Prepares for an execution.
     *
     * @param execution the number of the execution, from 1
     * @return false when nothing is left to explore
     */
    boolean begin(int execution);

    /**
     * Chooses who goes on; called only when there is more than one candidate. On the hot path: must not allocate, block or
     * throw. The point is valid during the call only.
     *
     * @return the index of a candidate of {@code point}
     */
    int choose(SchedulingPoint point);

    /** Learns from an execution that has ended. */
    default void end(ExecutionResult result) {}
}
