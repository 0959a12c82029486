package org.concurrentharness.explore;

import java.util.Arrays;
import java.util.Set;
import org.concurrentharness.agent.CampaignLoader;

/**
 * Stands outside the campaign for an exception whose class belongs to it: keeps the text, the stack trace, the cause and the
 * suppressed exceptions, and lets go of the campaign's class loader.
 */
@SuppressWarnings("OverrideThrowableToString") // it shows the class of the original
final class CopiedThrowable extends Throwable {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 50;

    /** The classes of ours that call the program; named, since programs may live in our packages too. */
    private static final Set<String> HARNESS = Set.of(
            "org.concurrentharness.explore.Scheduler",
            "org.concurrentharness.explore.BodyTransfer",
            "org.concurrentharness.explore.BodyTransfer$Arrived",
            "org.concurrentharness.explore.BodyProgram",
            "org.concurrentharness.explore.Actors",
            "org.concurrentharness.linearizability.Subject",
            "org.concurrentharness.linearizability.Subject$Invocation",
            "org.concurrentharness.linearizability.ScenarioProgram",
            "org.concurrentharness.junit5.CampaignTest$Step",
            "org.concurrentharness.junit5.CampaignTest",
            "org.concurrentharness.junit5.TestMethodProgram");

    private final String text;

    private CopiedThrowable(Throwable original, int depth) {
        super(ThrownParts.message(original));
        text = ThrownParts.text(original);
        setStackTrace(ThrownParts.stack(original));
        Throwable cause = ThrownParts.cause(original);
        if (cause != null && depth < DEEPEST) {
            initCause(outside(cause, depth + 1));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (depth < DEEPEST) {
                addSuppressed(outside(suppressed, depth + 1));
            }
        }
    }

    /** Returns {@code thrown} itself when nothing of it belongs to a campaign, otherwise a copy. */
    static Throwable outside(Throwable thrown) {
        Throwable result = outside(thrown, 0);
        result.setStackTrace(withoutHarness(ThrownParts.stack(result)));
        return result;
    }

    /** Leaves out what called the test: the engine's frames are the same for every failure. */
    private static StackTraceElement[] withoutHarness(StackTraceElement[] stack) {
        int end = 0;
        while (end < stack.length && !isHarness(stack[end].getClassName())) {
            end++;
        }
        while (end > 0 && isInvocation(stack[end - 1].getClassName())) {
            end--;
        }
        return end == 0 ? stack : Arrays.copyOf(stack, end);
    }

    private static boolean isHarness(String className) {
        return HARNESS.contains(className);
    }

    private static boolean isInvocation(String className) {
        return className.startsWith("java.lang.invoke.")
                || className.startsWith("jdk.internal.")
                || className.startsWith("java.lang.reflect.");
    }

    private static Throwable outside(Throwable thrown, int depth) {
        return depth < DEEPEST && belongsToCampaign(thrown, depth) ? new CopiedThrowable(thrown, depth) : thrown;
    }

    private static boolean belongsToCampaign(Throwable thrown, int depth) {
        if (thrown.getClass().getClassLoader() instanceof CampaignLoader) {
            return true;
        }
        if (depth >= DEEPEST) {
            return false;
        }
        Throwable cause = ThrownParts.cause(thrown);
        if (cause != null && belongsToCampaign(cause, depth + 1)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (belongsToCampaign(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
