package org.concurrentharness.stress;

import org.jspecify.annotations.Nullable;

/**
 * A stress test found a round that fails. The message is the whole report.
 *
 * @since 0.1
 */
public final class StressFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient StressResult result;

    StressFailure(String report, @Nullable Throwable cause, StressResult result) {
        super(report, cause);
        this.result = result;
        setStackTrace(new StackTraceElement[0]); // the place where the test was started says nothing
    }

    /** Returns what was seen. */
    public StressResult result() {
        return result;
    }
}
