package org.concurrentharness.explore;

/** What a {@link Strategy} is too when it wants to know every operation, those included at which there was nothing to choose. */
interface Learner {
    /** Returns whether it wants to know of the execution that begins. */
    default boolean learns() {
        return true;
    }

    /**
     * A thread goes on and does its next operation; on the hot path.
     *
     * @param thread its number
     * @param location as {@link SchedulingPoint#location}
     * @param place as {@link SchedulingPoint#place}
     * @param writes as {@link SchedulingPoint#writes}
     */
    void passes(int thread, int location, int place, boolean writes);
}
