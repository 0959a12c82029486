package org.concurrentharness.explore;

/**
 * Thrown by the body of a {@link Program} to fail the execution in a way of its own, rather than by an exception of the program
 * under test. Stackless: where it is thrown says nothing.
 *
 * @since 0.1
 */
public final class ExecutionFailure extends Error {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;
    private final String text;

    /**
     * Creates a failure. Failures of one kind count as the same bug.
     *
     * @param kind what went wrong
     * @param text what went wrong, in a sentence or a few lines
     */
    public ExecutionFailure(Failure.Kind kind, String text) {
        super(text, null, false, false);
        this.kind = kind;
        this.text = text;
    }

    /** Returns what went wrong. */
    public Failure.Kind kind() {
        return kind;
    }

    /** Returns what went wrong, in a sentence or a few lines. */
    public String text() {
        return text;
    }
}
