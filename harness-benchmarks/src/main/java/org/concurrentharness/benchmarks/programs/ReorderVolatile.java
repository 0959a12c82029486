package org.concurrentharness.benchmarks.programs;

/** As {@link Reorder} with volatile fields: the same bug without a data race. */
public final class ReorderVolatile {
    private final int setters;
    private volatile int a;
    private volatile int b;
    private volatile boolean seen;

    /** Creates the program with so many threads that set. */
    public ReorderVolatile(int setters) {
        this.setters = setters;
    }

    private void set() {
        a = 1;
        b = -1;
    }

    private void check() {
        if (!((a == 0 && b == 0) || (a == 1 && b == -1))) {
            seen = true;
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread[] threads = new Thread[setters + 1];
        for (int i = 0; i < setters; i++) {
            threads[i] = new Thread(this::set);
            threads[i].start();
        }
        threads[setters] = new Thread(this::check);
        threads[setters].start();
        for (Thread thread : threads) {
            thread.join();
        }
        if (seen) {
            throw new AssertionError("one set and the other not");
        }
    }
}
