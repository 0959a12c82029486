package org.concurrentharness.jcstress;

/**
 * Thrown when a jcstress test has failed; the message has the table of its outcomes.
 *
 * @since 0.1
 */
public final class JcstressFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    JcstressFailure(Class<?> test, String method, String message) {
        super(message);
        // where a reader wants to be taken; the stack of the engine tells nothing
        String file = outermost(test).getSimpleName() + ".java";
        setStackTrace(new StackTraceElement[] {new StackTraceElement(test.getName(), method, file, -1)});
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type : outermost(enclosing);
    }
}
