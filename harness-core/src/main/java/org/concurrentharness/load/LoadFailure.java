package org.concurrentharness.load;

import java.util.List;

/**
 * A load test found a limit that was not kept, or an operation that does not end. The message names all of that, and holds the report.
 *
 * @since 0.1
 */
public final class LoadFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient LoadResult result;

    LoadFailure(LoadResult result, List<String> violations, String more) {
        this(String.join("\n", violations) + "\n\n" + result.report() + (more.isEmpty() ? "" : "\n\n" + more), result);
    }

    private LoadFailure(String message, LoadResult result) {
        super(
                message,
                result.failures().isEmpty() ? null : result.failures().get(0).first());
        this.result = result;
        setStackTrace(new StackTraceElement[0]); // the place where the test was started says nothing
    }

    /** Returns this failure with a sentence more at its end, such as where its page is. */
    public LoadFailure with(String sentence) {
        return new LoadFailure(getMessage() + "\n\n" + sentence, result);
    }

    /** Returns what was measured. */
    public LoadResult result() {
        return result;
    }
}
