package org.concurrentharness.benchmarks.programs;

import org.jspecify.annotations.NullUnmarked;

/**
 * Double-checked locking without {@code volatile}, of an object that is filled after it was published: a data race, whose harm
 * shows in sequentially consistent schedules too.
 */
@NullUnmarked // the field is read as often as in the idiom, without a local for the checker
public final class DoubleChecked {
    private static final class Holder {
        private int value;

        void fill() {
            value = 42;
        }
    }

    private Holder holder;

    @SuppressWarnings("DoubleCheckedLocking") // the bug
    private Holder get() {
        if (holder == null) {
            synchronized (this) {
                if (holder == null) {
                    holder = new Holder();
                    holder.fill();
                }
            }
        }
        return holder;
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        int[] seen = new int[2];
        Thread first = new Thread(() -> seen[0] = get().value);
        Thread second = new Thread(() -> seen[1] = get().value);
        first.start();
        second.start();
        first.join();
        second.join();
        if (seen[0] != 42 || seen[1] != 42) {
            throw new AssertionError("half-built object seen: " + seen[0] + ", " + seen[1]);
        }
    }
}
