package org.concurrentharness.explore;

/**
 * A choice that a {@link Strategy} has to make: which thread runs next, or which waiting thread a {@code notify} wakes. One
 * object is reused for every point of a campaign.
 *
 * @since 0.1
 */
public interface SchedulingPoint {
    /** Returns how many threads can be chosen, at least 2. */
    int candidates();

    /** Returns the number of the thread at {@code index}: ascending, for a wake-up in order of arrival. */
    int candidate(int index);

    /** Returns the index of the thread that ran last, or -1 when it cannot go on (or should not, since it yielded). */
    int currentIndex();

    /** Returns the steps that the execution has taken so far. */
    int step();

    /**
     * Returns what the next operation of the thread at {@code index} touches, as a number: objects and variables have numbers from
     * 1, in order of first use in the execution. 0 when the thread has not begun, or is about to touch nothing or what is not known.
     */
    int location(int index);

    /** Returns whether the next operation of the thread at {@code index} counts as a write of its {@link #location}. */
    boolean writes(int index);

    /**
     * Returns the place in the code at which the thread at {@code index} stands, as a number that stays the same for the whole
     * campaign; 0 when it has not begun.
     */
    int place(int index);

    /**
     * Returns how often the thread at {@code index} has given way to others in this execution: by a yield, or because it spun on
     * what did not change.
     */
    int gaveWay(int index);

    /** Returns true when the choice is which waiting thread a {@code notify} wakes. */
    boolean wakeUp();
}
