package org.concurrentharness.race;

import java.util.Arrays;

/**
 * How much of each thread has happened before some point (Fidge 1988, Mattern 1989). Threads are numbered from 0; a thread's time
 * 0 is before all that it does. Not thread-safe; made to be reused.
 */
public final class VectorClock {
    private static final int[] NONE = {};
    private static final int FIRST_LENGTH = 4;

    /** Made when there is something to keep: most objects that are looked at never synchronize. */
    private int[] times = NONE;

    /** Threads from here on have time 0. */
    private int size;

    /**
     * When this is what a thread knew at some time: that thread and time. Whoever comes after that time knows all of it, which one
     * comparison then tells (the epochs of FastTrack, for clocks: Flanagan and Freund, PLDI 2009). 0 when it is not known to be.
     */
    private long origin;

    /** Creates a clock at which nothing has happened. */
    public VectorClock() {}

    /** Returns the time of {@code thread}. */
    public int get(int thread) {
        return thread < size ? times[thread] : 0;
    }

    /** Sets this clock back to where nothing has happened. */
    public void clear() {
        size = 0;
        origin = 0;
    }

    /** Returns whether nothing has happened. */
    public boolean isEmpty() {
        return size == 0;
    }

    void set(int thread, int time) {
        if (thread >= size) {
            extend(thread + 1);
        }
        times[thread] = time;
    }

    private void extend(int newSize) {
        if (newSize > times.length) {
            times = Arrays.copyOf(times, Math.max(newSize, Math.max(FIRST_LENGTH, 2 * times.length)));
        }
        Arrays.fill(times, size, newSize, 0);
        size = newSize;
    }

    /** Advances this clock to the later of the two, thread by thread. */
    public void join(VectorClock other) {
        origin = 0;
        int n = other.size;
        if (n > size) {
            extend(n);
        }
        int[] mine = times;
        int[] theirs = other.times;
        for (int i = 0; i < n; i++) {
            if (theirs[i] > mine[i]) {
                mine[i] = theirs[i];
            }
        }
    }

    /** Makes this clock equal to the other. */
    public void copy(VectorClock other) {
        origin = 0;
        int n = other.size;
        if (n > times.length) {
            times = new int[Math.max(n, Math.max(FIRST_LENGTH, 2 * times.length))];
        }
        size = n;
        int[] mine = times;
        int[] theirs = other.times;
        for (int i = 0; i < n; i++) { // too short for arraycopy to pay
            mine[i] = theirs[i];
        }
    }

    /** Makes this clock what a thread knows at an epoch, and what it was before. */
    void release(VectorClock known, long epoch) {
        if (isEmpty() || (origin != 0 && known.covers(origin))) {
            copy(known);
            origin = epoch;
        } else {
            join(known);
        }
    }

    /** Makes this clock what a thread knows at an epoch. */
    void replace(VectorClock known, long epoch) {
        copy(known);
        origin = epoch;
    }

    /** Advances this thread's clock to what was released into the other. */
    void acquire(VectorClock released) {
        if (released.origin == 0 || !covers(released.origin)) {
            join(released);
        }
    }

    /** Returns whether all that has happened at the other clock has happened at this one. */
    public boolean covers(VectorClock other) {
        for (int i = 0; i < other.size; i++) {
            if (other.times[i] > get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether what happened at an epoch has happened at this clock; 0 stands for nothing. */
    public boolean covers(long epoch) {
        return Epoch.time(epoch) <= get(Epoch.thread(epoch));
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(times, size));
    }
}
