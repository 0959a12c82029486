package org.concurrentharness.stress;

/**
 * What is thought of an outcome.
 *
 * @since 0.1
 */
public enum Expect {
    /** It may happen. */
    ACCEPTABLE,
    /** It may happen, and is worth a note. */
    INTERESTING,
    /** It must not happen: the round fails. */
    FORBIDDEN
}
