package org.concurrentharness.benchmarks.programs;

/** A correct counter: two threads increment it a hundred times each, synchronized. */
public final class SyncCounter100 {
    private int counter;

    private synchronized void increment() {
        counter++;
    }

    private void incrementOften() {
        for (int i = 0; i < 100; i++) {
            increment();
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread first = new Thread(this::incrementOften);
        Thread second = new Thread(this::incrementOften);
        first.start();
        second.start();
        first.join();
        second.join();
        if (counter != 200) {
            throw new AssertionError("counter = " + counter);
        }
    }
}
