package org.concurrentharness.stress;

/**
 * How the threads of a round start. No way is best for every bug, so they take turns.
 *
 * @since 0.1
 */
public enum Start {
    /** All at once, as nearly as the machine allows. */
    ALIGNED,
    /** Each later by a random time. */
    SKEWED,
    /** While other threads take processor time from them, so that the system stops them anywhere. */
    OVERSUBSCRIBED
}
