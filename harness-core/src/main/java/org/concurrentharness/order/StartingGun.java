package org.concurrentharness.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets threads begin together, as nearly as the machine allows, and measures how nearly that was.
 *
 * <p>A latch wakes threads one after the other, and each takes its time. Here the threads are first woken, and then start from their
 * running state when all of them are awake. That works with as many threads as there are cores; with more, some start when others
 * give way.
 *
 * <p>For real threads: in a campaign the harness decides who runs, and nobody starts before anybody. Thread-safe; for one start.
 *
 * @since 0.1
 */
public final class StartingGun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often an awake thread looks before it lets others run that are not yet awake. */
    private static final int LOOKS = 1_000;

    private final int threads;
    private final long maxSkewNanos;
    private final SplittableRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The names of those that have come. Guarded by the lock, as is the flag. */
    private final List<String> arrived = new ArrayList<>();

    private boolean givenUp;

    private final AtomicInteger awake = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();

    /** When each started, by the order of starting. */
    private final AtomicLongArray starts;

    private StartingGun(int threads, Duration maxSkew, long seed) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but was " + threads + ".");
        }
        if (maxSkew.isNegative()) {
            throw new IllegalArgumentException("maxSkew must not be negative, but was " + maxSkew + ".");
        }
        this.threads = threads;
        this.maxSkewNanos = maxSkew.toNanos();
        this.random = new SplittableRandom(seed);
        this.starts = new AtomicLongArray(threads);
    }

    /** Returns a start for a number of threads, as near to each other as can be. */
    public static StartingGun of(int threads) {
        return new StartingGun(threads, Duration.ZERO, 0);
    }

    /**
     * Returns a start for a number of threads, each later by a random time: threads that are perfectly aligned may miss what needs
     * one of them to be a little ahead.
     *
     * @param maxSkew the time by which a thread is late at most
     * @param seed the seed of the random times
     */
    public static StartingGun of(int threads, Duration maxSkew, long seed) {
        return new StartingGun(threads, maxSkew, seed);
    }

    /**
     * Waits until all threads have come, and returns together with them.
     *
     * @throws InterruptedException when interrupted before all have come; nobody starts then
     * @throws IllegalStateException when not all come within 30 seconds, or one gave up; the message tells who has come
     */
    public void await() throws InterruptedException {
        await(PATIENCE);
    }

    /**
     * Waits until all threads have come, and returns together with them.
     *
     * @param timeout how long to wait for the others
     * @throws InterruptedException when interrupted before all have come; nobody starts then
     * @throws IllegalStateException when not all come in time, or one gave up; the message tells who has come
     */
    public void await(Duration timeout) throws InterruptedException {
        long late = gather(timeout);
        int looks = 0;
        awake.incrementAndGet();
        while (awake.get() < threads) {
            if (++looks % LOOKS == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        long start = System.nanoTime();
        if (late > 0) {
            while (System.nanoTime() - start < late) {
                Thread.onSpinWait();
            }
            start = System.nanoTime();
        }
        starts.set(started.getAndIncrement(), start);
    }

    /** Waits until all have come; returns by how many nanoseconds the calling thread shall be late. */
    private long gather(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            if (arrived.size() == threads) {
                throw new IllegalStateException(
                        "The gun was made for " + threads + " threads, which have started; make another one.");
            }
            if (!givenUp) {
                arrived.add(Thread.currentThread().getName());
                changed.signalAll();
            }
            long late = maxSkewNanos == 0 ? 0 : random.nextLong(maxSkewNanos);
            while (arrived.size() < threads) {
                if (givenUp || left <= 0) {
                    throw new IllegalStateException("Only " + arrived.size() + " of " + threads
                            + " threads have come to the start: " + String.join(", ", arrived) + ".");
                }
                left = changed.awaitNanos(left);
            }
            return late;
        } finally {
            if (arrived.size() < threads) {
                givenUp = true;
                changed.signalAll();
            }
            lock.unlock();
        }
    }

    /**
     * Returns the time between the first and the last start, as the threads saw it.
     *
     * @throws IllegalStateException when not all have started
     */
    public Duration skew() {
        long first = starts.get(0);
        if (started.get() < threads) {
            throw new IllegalStateException(
                    "Only " + started.get() + " of " + threads + " threads have started; ask when they have ended.");
        }
        long earliest = 0;
        long latest = 0;
        for (int i = 0; i < threads; i++) {
            earliest = Math.min(earliest, starts.get(i) - first);
            latest = Math.max(latest, starts.get(i) - first);
        }
        return Duration.ofNanos(latest - earliest);
    }
}
