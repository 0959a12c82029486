package org.concurrentharness.linearizability;

import java.util.Arrays;

/**
 * What the calls of one execution returned, and when they began and ended. Immutable.
 *
 * <p>The moments are numbers, 1 for the first: they tell only what came before what.
 */
final class History {
    /** The moment of what has not happened. */
    static final int NEVER = 0;

    private final int[] results;
    private final int[] begun;
    private final int[] ended;

    /**
     * Creates a history.
     *
     * @param results for each call the number of its result, {@link Results#BLOCKED} or {@link Results#NONE}
     * @param begun for each call when it began, {@link #NEVER} for those that were not made
     * @param ended for each call when it ended, {@link #NEVER} for those that did not
     */
    History(int[] results, int[] begun, int[] ended) {
        this.results = results.clone();
        this.begun = begun.clone();
        this.ended = ended.clone();
    }

    int size() {
        return results.length;
    }

    int result(int call) {
        return results[call];
    }

    int begun(int call) {
        return begun[call];
    }

    int ended(int call) {
        return ended[call];
    }

    boolean hasBlocked() {
        for (int result : results) {
            if (result == Results.BLOCKED) {
                return true;
            }
        }
        return false;
    }

    /** Returns for each call the set of those that had ended when it began, as bits. */
    long[] realTimeOrder() {
        long[] before = new long[results.length];
        for (int call = 0; call < before.length; call++) {
            for (int other = 0; other < before.length; other++) {
                if (ended[other] != NEVER && ended[other] < begun[call]) {
                    before[call] |= 1L << other;
                }
            }
        }
        return before;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof History that
                && Arrays.equals(results, that.results)
                && Arrays.equals(begun, that.begun)
                && Arrays.equals(ended, that.ended);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(results) + Arrays.hashCode(begun)) + Arrays.hashCode(ended);
    }
}
