package org.concurrentharness.explore;

/** A strategy that draws each execution anew, with random numbers that belong to that execution alone. */
abstract class Sampler implements Strategy {
    final Dice dice;

    Sampler(long seed) {
        dice = new Dice(seed);
    }

    @Override
    public final boolean begin(int execution) {
        dice.begin(execution);
        prepare();
        return true;
    }

    @Override
    public final int choose(SchedulingPoint point) {
        // whom a notify wakes is the machine's affair, and no order of operations says anything about it
        return point.wakeUp() ? dice.below(point.candidates()) : thread(point);
    }

    /** Draws what is drawn once for an execution. */
    void prepare() {}

    /** Chooses who goes on. */
    abstract int thread(SchedulingPoint point);
}
