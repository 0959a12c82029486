package org.concurrentharness.benchmarks.programs;

import java.util.concurrent.atomic.AtomicInteger;

/** Three threads that increment an {@link AtomicInteger} three times each, by get and set: increments may be lost. */
public final class LostUpdateAtomic3x3 {
    private final AtomicInteger counter = new AtomicInteger();

    private void incrementOften() {
        for (int i = 0; i < 3; i++) {
            counter.set(counter.get() + 1);
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread[] threads = new Thread[3];
        for (int i = 0; i < 3; i++) {
            threads[i] = new Thread(this::incrementOften);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (counter.get() != 9) {
            throw new AssertionError("lost update: counter = " + counter.get());
        }
    }
}
