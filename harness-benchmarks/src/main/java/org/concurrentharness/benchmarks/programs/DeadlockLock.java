package org.concurrentharness.benchmarks.programs;

import java.util.concurrent.locks.ReentrantLock;

/** Two threads that take two {@link ReentrantLock}s in opposite orders: can hang. */
public final class DeadlockLock {
    private final ReentrantLock left = new ReentrantLock();
    private final ReentrantLock right = new ReentrantLock();
    private int count;

    private void takeBoth(ReentrantLock first, ReentrantLock second) {
        first.lock();
        try {
            second.lock();
            try {
                count++;
            } finally {
                second.unlock();
            }
        } finally {
            first.unlock();
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
