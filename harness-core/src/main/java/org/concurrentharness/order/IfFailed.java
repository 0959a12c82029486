package org.concurrentharness.order;

/**
 * What becomes of a test when one that it depends on failed, was aborted or is disabled.
 *
 * @since 0.1
 */
public enum IfFailed {
    /** It is aborted, with the reason. */
    SKIP,
    /** It runs all the same. */
    RUN
}
