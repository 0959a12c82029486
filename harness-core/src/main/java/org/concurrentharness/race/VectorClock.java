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

    /** Creates a clock at which nothing has happened. */
    public VectorClock() {}

    /** Returns the time of {@code thread}. */
    public int get(int thread) {
        return thread < size ? times[thread] : 0;
    }

    /** Sets this clock back to where nothing has happened. */
    public void clear() {
        size = 0;
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
        size = 0;
        extend(other.size);
        System.arraycopy(other.times, 0, times, 0, size);
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
