package org.concurrentharness.explore;

/**
 * Says what a campaign makes of a data race.
 *
 * <p>Every execution is checked, whatever the value; accesses of a variable that has raced are scheduling points from then on.
 *
 * @since 0.1
 */
public enum DataRaces {
    /** A data race fails the test; the report adds the harm that it does, as far as a search finds any. */
    FAIL,
    /** A data race is noted in the result, and the exploration goes on. */
    REPORT,
    /** Data races are not mentioned, and the exploration goes on. */
    IGNORE
}
