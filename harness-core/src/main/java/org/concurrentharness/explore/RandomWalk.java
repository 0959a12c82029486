package org.concurrentharness.explore;

/** Takes every candidate with the same probability. */
final class RandomWalk extends Sampler {
    RandomWalk(long seed) {
        super(seed);
    }

    @Override
    int thread(SchedulingPoint point) {
        return dice.below(point.candidates());
    }
}
