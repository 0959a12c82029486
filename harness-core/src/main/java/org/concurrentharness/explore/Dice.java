package org.concurrentharness.explore;

/**
 * Random numbers for the choices of one execution after another: each execution has a sequence of its own, so that it can be
 * repeated without those before it. The generator is SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    Dice(long seed) {
        this.seed = seed;
    }

    /** Begins the sequence of an execution. */
    void begin(int execution) {
        state = Shadow.mix(seed + execution * 0xD1342543DE82EF95L);
    }

    long next() {
        state += GAMMA;
        return Shadow.mix(state);
    }

    /** Returns a number from 0 to {@code bound - 1}; {@code bound} is small against 2^31. */
    int below(int bound) {
        // multiply-shift instead of a remainder (Lemire, 2019); its bias is below 2^-31 for these bounds
        return (int) (((next() >>> 33) * bound) >>> 31);
    }
}
