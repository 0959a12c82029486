package org.concurrentharness.junit5;

/**
 * How a {@link RaceHunt} runs tests beside each other.
 *
 * @since 0.1
 */
public enum Fidelity {
    /** In campaigns that choose who runs when, each execution over fresh instances of the fixtures. */
    EXPLORE,
    /** On real threads as they come, round after round over the one instance of each fixture: for those too costly to create anew. */
    STRESS
}
