package org.concurrentharness.stress;

import java.util.concurrent.atomic.AtomicLong;

/** What the first worker does, and of which round. Written by that worker; others see its progress by it. */
final class Leading {
    private static final int BITS = 2;

    /** A step of a round. */
    enum Stage {
        PREPARING(0),
        PLAYING(1),
        JUDGING(2),
        ENDING(3);

        private final int bits;

        Stage(int bits) {
            this.bits = bits;
        }
    }

    /** The round, from 1, and the stage in the lowest bits: one number, so that both are read together. No number comes twice. */
    private final AtomicLong at = new AtomicLong(number(Stage.PREPARING, 1));

    /** Notes the begin of a step. It is enough for others to see it soon. */
    void begins(Stage stage, long round) {
        at.lazySet(number(stage, round));
    }

    /** Returns a number that changes with each step. */
    long at() {
        return at.get();
    }

    static Stage stage(long at) {
        long bits = at & ((1 << BITS) - 1);
        return bits == Stage.PREPARING.bits
                ? Stage.PREPARING
                : bits == Stage.PLAYING.bits
                        ? Stage.PLAYING
                        : bits == Stage.JUDGING.bits ? Stage.JUDGING : Stage.ENDING;
    }

    static long round(long at) {
        return at >> BITS;
    }

    private static long number(Stage stage, long round) {
        return (round << BITS) | stage.bits;
    }
}
