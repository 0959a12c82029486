package org.concurrentharness.benchmarks.programs;

/** A correct counter: threads that increment it, synchronized. */
public final class SyncCounter {
    private final int threads;
    private final int increments;
    private int counter;

    /** Creates the program with so many threads, which increment so often each. */
    public SyncCounter(int threads, int increments) {
        this.threads = threads;
        this.increments = increments;
    }

    private synchronized void increment() {
        counter++;
    }

    private void incrementOften() {
        for (int i = 0; i < increments; i++) {
            increment();
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread[] started = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            started[i] = new Thread(this::incrementOften);
            started[i].start();
        }
        for (Thread thread : started) {
            thread.join();
        }
        if (counter != threads * increments) {
            throw new AssertionError("counter = " + counter);
        }
    }
}
