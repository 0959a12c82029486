package org.concurrentharness.benchmarks.programs;

import org.jspecify.annotations.Nullable;

/** A buffer of one element with two producers and two consumers of two each, and {@code notify} where {@code notifyAll} is needed: can hang. */
public final class BoundedBuffer {
    private final @Nullable Object[] items = new Object[1];
    private int count;

    private synchronized void put(Object item) throws InterruptedException {
        while (count == items.length) {
            wait();
        }
        items[count++] = item;
        notify();
    }

    private synchronized void take() throws InterruptedException {
        while (count == 0) {
            wait();
        }
        items[--count] = null;
        notify();
    }

    private void produce() {
        try {
            put(1);
            put(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void consume() {
        try {
            take();
            take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread[] threads = {
            new Thread(this::produce), new Thread(this::produce), new Thread(this::consume), new Thread(this::consume)
        };
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
