package org.concurrentharness.explore;

/**
 * Says what a campaign makes of a data race.
 *
 * <p>This version has no race detector yet: all three values are accepted, and a campaign says in its report that data races
 * were not looked for.
 *
 * @since 0.1
 */
public enum DataRaces {
    /** A data race fails the test. */
    FAIL,
    /** A data race is noted, and the exploration goes on. */
    REPORT,
    /** Data races are not mentioned. */
    IGNORE
}
