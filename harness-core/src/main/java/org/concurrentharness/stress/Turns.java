package org.concurrentharness.stress;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Decides how rounds start and how many of them make a batch. Used by the first worker only. */
final class Turns {
    private static final long SLICE_NANOS = 30_000_000;
    private static final long BATCH_NANOS = 5_000_000;
    private static final int LARGEST_BATCH = 256;

    /** A run with a bound on rounds has each start that many times at least. */
    private static final int SLICES = 9;

    private static final long SHORTEST_SKEW_NANOS = 1_000;
    private static final long LONGEST_SKEW_NANOS = 1_000_000;

    /** Skews from the greatest down to one of this part of it are all as likely: what a bug needs is not known. */
    private static final double RANGE = Math.log(4_096);

    private final StressOptions options;
    private final SplittableRandom random;

    /** How long each start was used in all, in nanoseconds. */
    private final Map<Start, Long> used = new EnumMap<>(Start.class);

    /** How many rounds of each start make a batch: rounds of one may be a thousand times as long as those of another. */
    private final Map<Start, Integer> sizes = new EnumMap<>(Start.class);

    private Start start = Start.ALIGNED;
    private long nanosSince;
    private long roundsSince;
    private long roundNanos = SHORTEST_SKEW_NANOS;

    Turns(StressOptions options, SplittableRandom random) {
        this.options = options;
        this.random = random;
        for (Start each : Start.values()) {
            used.put(each, 0L);
        }
    }

    /** Returns the next batch, without states. */
    <S> Batch<S> next(int number, int threads, long roundsBefore, long arrivedBefore) {
        long slice = options.rounds() == 0 ? Long.MAX_VALUE : Math.max(1, options.rounds() / SLICES);
        if (roundsSince > 0 && (nanosSince > SLICE_NANOS || roundsSince >= slice)) {
            start = options.rounds() == 0 ? leastUsed() : after(start);
            nanosSince = 0;
            roundsSince = 0;
        }
        long left = options.rounds() == 0 ? Long.MAX_VALUE : options.rounds() - roundsBefore;
        int rounds = (int) Math.min(Math.min(size(start), left), slice - roundsSince);
        roundsSince += rounds;
        Batch<S> batch = new Batch<>(number, start, rounds, threads, arrivedBefore);
        if (start == Start.SKEWED) {
            double max = maxSkewNanos();
            for (int i = 0; i < batch.delays.length; i++) {
                batch.delays[i] = (long) (max * Math.exp(-RANGE * random.nextDouble()));
            }
        }
        return batch;
    }

    /** Returns the start that had the least time: where one round is longer than a turn, equal turns would be unequal times. */
    private Start leastUsed() {
        return Collections.min(used.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private static Start after(Start start) {
        return switch (start) {
            case ALIGNED -> Start.SKEWED;
            case SKEWED -> Start.OVERSUBSCRIBED;
            case OVERSUBSCRIBED -> Start.ALIGNED;
        };
    }

    /** Learns how long a batch took in all, and how long its rounds did. */
    void took(Batch<?> batch, long nanos, long playedNanos) {
        used.merge(batch.start, nanos, Long::sum);
        nanosSince += nanos;
        int size = size(batch.start);
        if (nanos > 2 * BATCH_NANOS) {
            sizes.put(batch.start, Math.max(1, size / 2));
        } else if (nanos < BATCH_NANOS && batch.rounds() == size) {
            sizes.put(batch.start, Math.min(LARGEST_BATCH, size * 2));
        }
        if (batch.start == Start.ALIGNED) {
            roundNanos = playedNanos / batch.rounds();
        }
    }

    private int size(Start of) {
        return sizes.getOrDefault(of, 1);
    }

    private double maxSkewNanos() {
        Duration asked = options.maxSkew();
        return asked.isZero()
                ? Math.min(LONGEST_SKEW_NANOS, Math.max(SHORTEST_SKEW_NANOS, 2 * roundNanos))
                : asked.toNanos();
    }
}
