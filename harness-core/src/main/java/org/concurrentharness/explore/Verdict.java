package org.concurrentharness.explore;

/**
 * What a campaign can say about its test.
 *
 * @since 0.1
 */
public enum Verdict {
    /** Every schedule was explored, up to equivalence, and none failed. */
    PROVED,
    /** The budget is spent and nothing was found. */
    SURVIVED,
    /** A schedule failed. */
    FAILED,
    /** A bound was hit, or executions of the same schedule differ, so that a pass would mean little. */
    INCONCLUSIVE
}
