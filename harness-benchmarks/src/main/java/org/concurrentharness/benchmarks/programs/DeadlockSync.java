package org.concurrentharness.benchmarks.programs;

/** Two threads that take two monitors in opposite orders: can hang. */
public final class DeadlockSync {
    private final Object left = new Object();
    private final Object right = new Object();
    private int count;

    private void takeBoth(Object first, Object second) {
        synchronized (first) {
            synchronized (second) {
                count++;
            }
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread first = new Thread(() -> takeBoth(left, right));
        Thread second = new Thread(() -> takeBoth(right, left));
        first.start();
        second.start();
        first.join();
        second.join();
        if (count != 2) {
            throw new AssertionError("count = " + count);
        }
    }
}
