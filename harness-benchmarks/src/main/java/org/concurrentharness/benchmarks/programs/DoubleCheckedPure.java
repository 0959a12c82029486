package org.concurrentharness.benchmarks.programs;

import org.jspecify.annotations.NullUnmarked;

/** The classic double-checked locking without {@code volatile}: a data race that no sequentially consistent schedule shows the harm of. */
@NullUnmarked // the field is read as often as in the idiom, without a local for the checker
public final class DoubleCheckedPure {
    private static final class Holder {
        private int value;

        Holder() {
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
