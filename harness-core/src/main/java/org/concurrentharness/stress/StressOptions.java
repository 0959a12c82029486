package org.concurrentharness.stress;

import java.time.Duration;

/**
 * What a stress test is asked to do. Immutable: each method named like a component returns a changed copy.
 *
 * @param rounds how many rounds are run at most, 0 for no bound
 * @param duration how long rounds are started, zero for no bound; without both bounds it is 5 seconds
 * @param timeout how long a round may take before it counts as hung
 * @param maxSkew by how much a thread of a skewed start is late at most; zero chooses by how long rounds take
 * @param seed the seed of skews and yields; 0 chooses one afresh
 * @param stopAtFailure true to stop with the first round that fails, false to find out how probable that is
 * @since 0.1
 */
public record StressOptions(
        long rounds, Duration duration, Duration timeout, Duration maxSkew, long seed, boolean stopAtFailure) {
    private static final StressOptions DEFAULTS =
            new StressOptions(0, Duration.ZERO, Duration.ofSeconds(10), Duration.ZERO, 0, false);

    private static final Duration USUAL = Duration.ofSeconds(5);

    /** Checks every component. */
    public StressOptions {
        if (rounds < 0) {
            throw new IllegalArgumentException("rounds must not be negative, but was " + rounds + ".");
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative, but was " + duration + ".");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, but was " + timeout + ".");
        }
        if (maxSkew.isNegative()) {
            throw new IllegalArgumentException("maxSkew must not be negative, but was " + maxSkew + ".");
        }
    }

    /** Returns the options that a stress test has when nothing is set. */
    public static StressOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with the given bound on rounds. */
    public StressOptions rounds(long value) {
        return new StressOptions(value, duration, timeout, maxSkew, seed, stopAtFailure);
    }

    /** Returns these options with the given bound in time. */
    public StressOptions duration(Duration value) {
        return new StressOptions(rounds, value, timeout, maxSkew, seed, stopAtFailure);
    }

    /** Returns these options with the given time after which a round counts as hung. */
    public StressOptions timeout(Duration value) {
        return new StressOptions(rounds, duration, value, maxSkew, seed, stopAtFailure);
    }

    /** Returns these options with the given greatest skew. */
    public StressOptions maxSkew(Duration value) {
        return new StressOptions(rounds, duration, timeout, value, seed, stopAtFailure);
    }

    /** Returns these options with the given seed. */
    public StressOptions seed(long value) {
        return new StressOptions(rounds, duration, timeout, maxSkew, value, stopAtFailure);
    }

    /** Returns these options with or without stopping at the first failure. */
    public StressOptions stopAtFailure(boolean value) {
        return new StressOptions(rounds, duration, timeout, maxSkew, seed, value);
    }

    /** Returns how long rounds are started, in nanoseconds. */
    long durationNanos() {
        Duration bound = !duration.isZero() ? duration : rounds > 0 ? Duration.ofDays(10_000) : USUAL;
        return bound.toNanos();
    }
}
