package org.concurrentharness.explore;

/** Takes every candidate with the same probability. The generator is SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
final class RandomWalk implements Strategy {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    RandomWalk(long seed) {
        this.seed = seed;
    }

    @Override
    public boolean begin(int execution) {
        state = Shadow.mix(seed + execution * 0xD1342543DE82EF95L);
        return true;
    }

    @Override
    public int choose(SchedulingPoint point) {
        state += GAMMA;
        // multiply-shift instead of a remainder (Lemire, 2019); its bias is below 2^-31 for these bounds
        return (int) (((Shadow.mix(state) >>> 33) * point.candidates()) >>> 31);
    }
}
