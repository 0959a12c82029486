package org.concurrentharness.order;

/**
 * How a test ended. What holds several tests ended as the worst of them did, and the worst comes last here.
 *
 * @since 0.1
 */
public enum TestOutcome {
    PASSED("passed"),
    DISABLED("is disabled"),
    ABORTED("was aborted"),
    FAILED("failed");

    private final String verb;

    TestOutcome(String verb) {
        this.verb = verb;
    }

    /** Returns what sentences say of such a test: {@code failed}, {@code is disabled}. */
    public String verb() {
        return verb;
    }

    TestOutcome worse(TestOutcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
