package org.concurrentharness.explore;

/**
 * Thrown when a campaign has failed; the message is the whole report.
 *
 * @since 0.1
 */
public final class ConcurrencyFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient Exploration exploration;

    ConcurrencyFailure(String report, Exploration exploration) {
        super(report);
        this.exploration = exploration;
        exploration.failure().flatMap(Failure::cause).ifPresent(this::initCause);
        setStackTrace(new StackTraceElement[0]);
    }

    /** Returns what the campaign did. */
    public Exploration exploration() {
        return exploration;
    }
}
