package org.concurrentharness.explore;

/** Tells from a sample of executions how many inequivalent ones there may be, and how likely the next one is new. */
final class SampleCounter {
    private final DistinctCounter footprints = new DistinctCounter();
    private int samples;
    private double schedules;

    /**
     * Adds an execution.
     *
     * @param footprint equal for equivalent executions
     * @param weight the product of the numbers of candidates at its choices
     */
    void add(long footprint, double weight) {
        samples++;
        if (schedules < Double.POSITIVE_INFINITY) { // beyond the range of a double it stays there
            schedules += (weight - schedules) / samples;
        }
        if (footprints.exact()) {
            footprints.add(footprint);
        }
    }

    int samples() {
        return samples;
    }

    /** Returns the mean of the weights, an estimate of the number of schedules. */
    double schedules() {
        return schedules;
    }

    /** Returns the chance that another execution is equivalent to none so far (Good, Biometrika 1953). */
    double chanceOfNew() {
        return samples == 0 ? 1 : (double) footprints.seenOnce() / footprints.added();
    }

    /**
     * Estimates from below how many inequivalent executions there are (Chao, Nonparametric estimation of the number of classes in a
     * population, Scandinavian Journal of Statistics 1984; the form that is free of bias).
     */
    double classes() {
        double once = footprints.seenOnce();
        return footprints.count() + once * (once - 1) / (2.0 * (footprints.seenTwice() + 1));
    }
}
