package org.concurrentharness.benchmarks.programs;

/** Two threads that increment a plain counter: a data race, and an increment may be lost. */
public final class LostUpdate2 {
    private int counter;

    /** Runs the program once and returns what was counted: 2, or 1. */
    public int count() throws InterruptedException {
        Thread first = new Thread(() -> counter++);
        Thread second = new Thread(() -> counter++);
        first.start();
        second.start();
        first.join();
        second.join();
        return counter;
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        int counted = count();
        if (counted != 2) {
            throw new AssertionError("lost update: counter = " + counted);
        }
    }
}
