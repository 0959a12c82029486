package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * Runs managed threads, one at a time. Knows nothing of schedules: the scheduler says who runs.
 *
 * <p>Whoever calls {@link #switchTo} or {@link #exit} has finished changing the scheduler's state; the hand-over orders it
 * before everything that the next thread does.
 */
interface Carrier {
    /** Gives the thread that runs new random sequences. */
    void seedRandom(ManagedThread running, long seed);

    /** The name in reports. */
    String name();

    /** Runs an execution whose first managed thread is {@code main}; returns when {@link #exit} was called with null. */
    void run(ManagedThread main, Runnable body);

    /** Makes a thread object for managed thread 0. */
    Thread mainThread();

    /**
     * Prepares a thread that the program has started.
     *
     * @return true when the carrier runs it, false when the JVM has to start it
     */
    boolean start(ManagedThread thread);

    /**
     * Gives control from one thread to another; returns when {@code from} has it again.
     *
     * @return false when {@code from} could not be suspended here (it is pinned) and still has control
     */
    boolean switchTo(ManagedThread from, ManagedThread to);

    /** Ends {@code from} and gives control to {@code to}, or ends the execution. */
    void exit(ManagedThread from, @Nullable ManagedThread to);

    /** Suspends {@code from} for ever, since it cannot be unwound, and gives control to {@code to} or ends the execution. */
    void abandon(ManagedThread from, @Nullable ManagedThread to);

    /** Waits, on a new platform thread, for its turn; called first thing in its {@code run}. */
    void begin(ManagedThread thread);

    boolean isInterrupted(ManagedThread thread);

    void setInterrupted(ManagedThread thread, boolean interrupted);

    /** Returns the thread that really runs the managed thread that has control. */
    Thread real();

    /** Takes the carrier's hands off the engine's static state; called when the campaign is over or given up. */
    void close();

    boolean closed();
}
