package org.concurrentharness.explore;

/** Counts how often behaviours are seen, as far as two conclusions need it: how many there may be, and how likely the next one is new. */
final class SampleCounter {
    private final DistinctCounter once = new DistinctCounter();
    private final DistinctCounter twice = new DistinctCounter();
    private final DistinctCounter often = new DistinctCounter();
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
        schedules += (weight - schedules) / samples;
        if (once.exact() && !once.add(footprint) && !twice.add(footprint)) {
            often.add(footprint);
        }
    }

    int samples() {
        return samples;
    }

    /** Returns the mean of the weights, an estimate of the number of schedules. */
    double schedules() {
        return schedules;
    }

    private int seenOnce() {
        return once.count() - twice.count();
    }

    private int seenTwice() {
        return twice.count() - often.count();
    }

    /** Returns the chance that another execution is equivalent to none so far (Good, Biometrika 1953). */
    double chanceOfNew() {
        return samples == 0 ? 1 : Math.min(1, (double) seenOnce() / Math.min(samples, DistinctCounter.EXACT));
    }

    /**
     * Estimates from below how many inequivalent executions there are (Chao, Nonparametric estimation of the number of classes in a
     * population, Scandinavian Journal of Statistics 1984; the form that is free of bias).
     */
    double classes() {
        double single = seenOnce();
        return once.count() + single * (single - 1) / (2.0 * (seenTwice() + 1));
    }
}
