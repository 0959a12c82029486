package org.concurrentharness.explore;

/**
 * The time of an execution. It stands still while threads run, but for a little at each look, and jumps to the earliest
 * deadline when no thread can run.
 */
final class VirtualClock {
    /** 2026-01-01T00:00:00Z: executions of the same schedule must see the same date. */
    private static final long START_MILLIS = 1_767_225_600_000L;

    /** A start other than 0, since programs must not rely on the origin of {@code nanoTime}. */
    private static final long START_NANOS = 1_000_000_000_000L;

    private static final long TICK = 50;
    private static final int STEADY_LOOKS = 64;

    private long nanos;
    private int looks;

    void reset() {
        nanos = 0;
        looks = 0;
    }

    /** Returns the time since the execution began without moving it. */
    long now() {
        return nanos;
    }

    void advanceTo(long time) {
        if (time > nanos) {
            nanos = time;
            looks = 0; // the program waits as it should
        }
    }

    /** Returns when a wait of {@code duration} ns that begins now ends. */
    long deadline(long duration) {
        long deadline = nanos + duration;
        return deadline < 0 ? ManagedThread.NO_DEADLINE - 1 : deadline;
    }

    /**
     * A look at the clock moves it: by one tick at first, and by more and more when the program goes on looking, so that a loop
     * that polls until some time has passed ends after some thousand looks and not after millions.
     */
    private long look() {
        looks++;
        long extra = looks > STEADY_LOOKS ? (long) (looks - STEADY_LOOKS) * (looks - STEADY_LOOKS) : 0;
        nanos += TICK + extra;
        return nanos;
    }

    long nanoTime() {
        return START_NANOS + look();
    }

    long currentTimeMillis() {
        return START_MILLIS + look() / 1_000_000;
    }

    long nanoTimeAdjustment(long offsetSeconds) {
        long time = look();
        return (START_MILLIS / 1_000 - offsetSeconds) * 1_000_000_000L + time;
    }
}
