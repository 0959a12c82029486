package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * Asks an exception of the program for its parts. What it answers with may be code of the program, which can throw in turn: that must not
 * cost the report.
 */
final class ThrownParts {
    private ThrownParts() {}

    /** Returns what the exception calls itself. */
    static String text(Throwable thrown) {
        String name = thrown.getClass().getName();
        try {
            String text = thrown.toString();
            return text == null ? name : text;
        } catch (Throwable e) {
            return name + " " + notAvailable(e);
        }
    }

    static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable e) {
            return notAvailable(e);
        }
    }

    static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    static StackTraceElement[] stack(Throwable thrown) {
        try {
            StackTraceElement[] stack = thrown.getStackTrace();
            return stack == null ? new StackTraceElement[0] : stack;
        } catch (Throwable e) {
            return new StackTraceElement[0];
        }
    }

    private static String notAvailable(Throwable thrown) {
        return "(its message is not available: " + thrown.getClass().getName() + ")";
    }
}
