package org.concurrentharness.stress;

import org.jspecify.annotations.Nullable;

/**
 * Rounds that are prepared, run and evaluated together. Written by the first worker before it is published; then each worker writes what
 * is its own, and the first one reads that when all have said that they ended it.
 */
final class Batch<S> {
    final int number;
    final Start start;
    final Object[] states;

    /** By round and thread, as everything below: how late it is, in nanoseconds. */
    final long[] delays;

    final @Nullable Object[] @Nullable [] values;
    final @Nullable Throwable[] thrown;

    /** How often threads have arrived at the start of a round before this batch. */
    final long arrivedBefore;

    Batch(int number, Start start, int rounds, int threads, long arrivedBefore) {
        this.number = number;
        this.start = start;
        this.states = new Object[rounds];
        this.delays = new long[rounds * threads];
        this.values = new @Nullable Object[rounds * threads] @Nullable [];
        this.thrown = new @Nullable Throwable[rounds * threads];
        this.arrivedBefore = arrivedBefore;
    }

    int rounds() {
        return states.length;
    }

    @SuppressWarnings("unchecked") // only states are put there
    S state(int round) {
        return (S) states[round];
    }
}
