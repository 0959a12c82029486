package org.concurrentharness.benchmarks.programs;

/** Two threads that do nothing but pass scheduling points. */
public final class Reads {
    private volatile int field;
    private final int[] sums = new int[2];

    /** Reads a volatile field {@code count} times in each of two threads. */
    public void run(int count) throws InterruptedException {
        Thread other = new Thread(() -> sums[1] = sum(count));
        other.start();
        sums[0] = sum(count);
        other.join();
        field = sums[0] + sums[1];
    }

    private int sum(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += field;
        }
        return sum;
    }
}
