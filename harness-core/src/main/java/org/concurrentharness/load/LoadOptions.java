package org.concurrentharness.load;

import java.time.Duration;

/**
 * What load is put on. Immutable: each method named like a component returns a changed copy.
 *
 * @param threads how many threads call the operation, from 1
 * @param rate how many operations are due in a second, by all threads together (an open loop); 0 for a closed loop, in which each thread
 *     calls again as soon as its call has returned
 * @param arrivals when the operations of an open loop are due
 * @param warmup for how long operations are called before anything is measured; may be zero
 * @param duration for how long it is measured
 * @param timeout how long one operation may take before it counts as hung
 * @param seed the seed of random arrivals; 0 chooses one afresh
 * @since 0.1
 */
public record LoadOptions(
        int threads, double rate, Arrivals arrivals, Duration warmup, Duration duration, Duration timeout, long seed) {
    /** More threads than this are a slip of the pen. */
    private static final int MOST_THREADS = 100_000;

    private static final LoadOptions DEFAULTS = new LoadOptions(
            1, 0, Arrivals.CONSTANT, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30), 0);

    /** Checks every component. */
    public LoadOptions {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be from 1 to 100,000, but was " + threads + ".");
        }
        if (!(rate >= 0) || rate > 1e9) {
            throw new IllegalArgumentException("rate must be from 0 (a closed loop) to 1e9, but was " + rate + ".");
        }
        if (warmup.isNegative()) {
            throw new IllegalArgumentException("warmup must not be negative, but was " + warmup + ".");
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration must be positive, but was " + duration + ".");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, but was " + timeout + ".");
        }
        if (warmup.plus(duration).plus(timeout).compareTo(Duration.ofDays(1_000)) > 0) {
            throw new IllegalArgumentException("warmup, duration and timeout must be less than 1000 days together.");
        }
    }

    /** Returns the options of a load when nothing is set: one thread, a closed loop, 2 seconds of warm-up, 10 seconds. */
    public static LoadOptions defaults() {
        return DEFAULTS;
    }

    /** Returns whether operations are due at times that do not depend on how long they take. */
    public boolean isOpen() {
        return rate > 0;
    }

    /** Returns these options with the given number of threads. */
    public LoadOptions threads(int value) {
        return new LoadOptions(value, rate, arrivals, warmup, duration, timeout, seed);
    }

    /** Returns these options with the given number of operations for a second; 0 for a closed loop. */
    public LoadOptions rate(double value) {
        return new LoadOptions(threads, value, arrivals, warmup, duration, timeout, seed);
    }

    /** Returns these options with the given distances between operations of an open loop. */
    public LoadOptions arrivals(Arrivals value) {
        return new LoadOptions(threads, rate, value, warmup, duration, timeout, seed);
    }

    /** Returns these options with the given warm-up. */
    public LoadOptions warmup(Duration value) {
        return new LoadOptions(threads, rate, arrivals, value, duration, timeout, seed);
    }

    /** Returns these options with the given time of measuring. */
    public LoadOptions duration(Duration value) {
        return new LoadOptions(threads, rate, arrivals, warmup, value, timeout, seed);
    }

    /** Returns these options with the given time after which an operation counts as hung. */
    public LoadOptions timeout(Duration value) {
        return new LoadOptions(threads, rate, arrivals, warmup, duration, value, seed);
    }

    /** Returns these options with the given seed. */
    public LoadOptions seed(long value) {
        return new LoadOptions(threads, rate, arrivals, warmup, duration, timeout, value);
    }
}
