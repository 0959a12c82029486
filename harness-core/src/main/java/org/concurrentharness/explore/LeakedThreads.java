package org.concurrentharness.explore;

/**
 * Says what a campaign makes of threads, other than daemons, that are still alive when the body has ended and nothing can run.
 *
 * @since 0.1
 */
public enum LeakedThreads {
    /** A leaked thread fails the test. */
    FAIL,
    /** A leaked thread is noted. */
    REPORT,
    /** Leaked threads are not mentioned. */
    IGNORE
}
