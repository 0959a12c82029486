package org.concurrentharness.stress;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that take processor time from others in short bursts: each wake-up may stop a thread of the test wherever it is. One for each
 * core, parked while they are not wanted.
 */
final class Disturbance implements AutoCloseable {
    private static final int SHORTEST_NANOS = 20_000;
    private static final int LONGEST_NANOS = 150_000;

    private final Thread[] threads;
    private volatile boolean wanted;
    private volatile boolean closed;

    Disturbance(SplittableRandom random) {
        threads = new Thread[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < threads.length; i++) {
            SplittableRandom own = random.split();
            threads[i] = new Thread(() -> disturb(own), "stress disturbance " + i);
            threads[i].setDaemon(true);
        }
    }

    void start() {
        for (Thread thread : threads) {
            thread.start();
        }
    }

    private void disturb(SplittableRandom random) {
        while (!closed) {
            if (wanted) {
                long end = System.nanoTime() + random.nextInt(SHORTEST_NANOS, LONGEST_NANOS);
                while (System.nanoTime() < end && wanted) {
                    Thread.onSpinWait();
                }
                LockSupport.parkNanos(random.nextInt(SHORTEST_NANOS, LONGEST_NANOS));
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Begins to disturb, or stops. */
    void set(boolean value) {
        if (wanted != value) {
            wanted = value;
            if (value) {
                for (Thread thread : threads) {
                    LockSupport.unpark(thread);
                }
            }
        }
    }

    /** Tells whether a thread is one of these. */
    boolean has(Thread thread) {
        for (Thread each : threads) {
            if (each == thread) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed = true;
        wanted = false;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
