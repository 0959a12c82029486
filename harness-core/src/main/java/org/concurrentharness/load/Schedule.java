package org.concurrentharness.load;

import java.util.SplittableRandom;

/**
 * When the operations of an open loop are due, one after the other, for all threads together: whichever is free takes the next. Thread-safe.
 */
final class Schedule {
    private static final double SECOND = 1e9;

    private final long begin;
    private final double distance;
    private final Arrivals arrivals;
    private final SplittableRandom random;

    /** From {@link #begin} on, in nanoseconds; a fraction is kept, so that no rate is rounded. */
    private double next;

    Schedule(LoadOptions options, long begin, long seed) {
        this.begin = begin;
        this.distance = SECOND / options.rate();
        this.arrivals = options.arrivals();
        this.random = new SplittableRandom(seed);
    }

    /** Returns the moment, on the clock of {@link System#nanoTime}, at which the next operation is due. */
    synchronized long next() {
        long due = begin + (long) next;
        // Inverse transform sampling: distances of a Poisson process are exponentially distributed.
        next += arrivals == Arrivals.CONSTANT ? distance : -Math.log(1 - random.nextDouble()) * distance;
        return due;
    }
}
