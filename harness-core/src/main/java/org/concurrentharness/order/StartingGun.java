package org.concurrentharness.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets threads begin together, as nearly as the machine allows, and measures how nearly that was.
 *
 * <p>A latch wakes threads one after the other, and each takes its time. Here the threads are first woken; when all run beside each
 * other, they agree on a moment that is near, and start then. That works with as many threads as there are free cores; with more, or
 * when the system has not given each a core of its own within 10 milliseconds, some start when others give way.
 *
 * <p>For real threads: in a campaign the harness decides who runs, and nobody starts before anybody. Thread-safe; for one start.
 *
 * @since 0.1
 */
public final class StartingGun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often a thread looks before it lets others run. */
    private static final int LOOKS = 100;

    /** Threads that answer a call within this time run beside each other; on one core that takes a switch there and back. */
    private static final long TOGETHER_NANOS = 2_000;

    /**
     * How long to wait for the system to spread threads over cores, which it does at its clock's ticks: a thread that another one
     * wakes is often put on the core of that one, and would start when it ends.
     */
    private static final long PATIENCE_WITH_CORES_NANOS = 10_000_000;

    /** How long before the shot it is announced, so that everybody knows of it in time. */
    private static final long NOTICE_NANOS = 2_000;

    private final int threads;
    private final long maxSkewNanos;
    private final SplittableRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The names of those that have come. Guarded by the lock, as is the flag. */
    private final List<String> arrived = new ArrayList<>();

    private boolean givenUp;

    /** Counts calls; written by the first to come only. */
    private volatile int call;

    /** The last call that each thread has heard. */
    private final AtomicIntegerArray answers;

    /** When to start, as the system's clock of nanoseconds has it; 0 until that is known. */
    private volatile long shot;

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
        this.answers = new AtomicIntegerArray(threads);
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
        Arrival arrival = gather(timeout);
        long when = arrival.number() == 0 ? fire() : hear(arrival.number());
        long start = System.nanoTime();
        while (start - when < arrival.late()) {
            start = System.nanoTime(); // no hint to the processor: it may take longer than what is to come
        }
        starts.set(started.getAndIncrement(), start);
    }

    /** The first to come fires when it has seen that all others run beside it, or that they cannot. Returns when it fires. */
    private long fire() {
        boolean enoughCores = threads <= Runtime.getRuntime().availableProcessors();
        long began = System.nanoTime();
        for (int calls = 1; ; calls++) {
            long called = System.nanoTime();
            call = calls;
            for (int i = 1; i < threads; i++) {
                for (int looks = 1; answers.get(i) != calls; looks++) {
                    giveWay(looks);
                }
            }
            long answered = System.nanoTime();
            if (answered - called < TOGETHER_NANOS || !enoughCores || answered - began > PATIENCE_WITH_CORES_NANOS) {
                long when = answered + NOTICE_NANOS;
                shot = when == 0 ? 1 : when;
                return shot;
            }
        }
    }

    /** The others answer each call, and return when the shot will be. */
    private long hear(int number) {
        int heard = 0;
        for (int looks = 1; shot == 0; looks++) {
            int calling = call;
            if (calling != heard) {
                heard = calling;
                answers.set(number, heard);
            }
            giveWay(looks);
        }
        return shot;
    }

    /** Lets others run on this core now and then: the one that is waited for may be among them. */
    private static void giveWay(int looks) {
        if (looks % LOOKS == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    /**
     * A thread that has come, when all others have.
     *
     * @param number how many came before it
     * @param late by how many nanoseconds it shall be late
     */
    private record Arrival(int number, long late) {}

    /** Waits until all have come. */
    private Arrival gather(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            if (arrived.size() == threads) {
                throw new IllegalStateException(
                        "The gun was made for " + threads + " threads, which have started; make another one.");
            }
            int number = arrived.size();
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
            return new Arrival(number, late);
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
