package org.concurrentharness.race;

/** A thread and a time of it in one number; 0 is before everything. The word is FastTrack's (Flanagan, Freund, PLDI 2009). */
public final class Epoch {
    private static final int THREAD_BITS = 24;
    private static final int THREADS = (1 << THREAD_BITS) - 1;

    private Epoch() {}

    static long of(int thread, int time) {
        return (long) time << THREAD_BITS | thread;
    }

    /** Returns the number of the thread. */
    public static int thread(long epoch) {
        return (int) epoch & THREADS;
    }

    /** Returns the thread's time. */
    public static int time(long epoch) {
        return (int) (epoch >>> THREAD_BITS);
    }
}
