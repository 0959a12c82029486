package org.concurrentharness.explore;

/**
 * Says when a timed wait may end by its timeout. Time is virtual in a campaign.
 *
 * @since 0.1
 */
public enum Timeouts {
    /** Only when no thread can run: time then jumps to the earliest deadline. */
    WHEN_IDLE,
    /** At any scheduling point, as on a machine that may be arbitrarily slow. */
    ANY_TIME
}
