package org.concurrentharness.explore;

import org.concurrentharness.agent.CampaignLoader;

/**
 * Stands outside the campaign for an exception whose class belongs to it: keeps the text, the stack trace, the cause and the
 * suppressed exceptions, and lets go of the campaign's class loader.
 */
@SuppressWarnings("OverrideThrowableToString") // it shows the class of the original
final class CopiedThrowable extends Throwable {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 50;

    private final String text;

    private CopiedThrowable(Throwable original, int depth) {
        super(original.getMessage());
        text = original.toString();
        setStackTrace(original.getStackTrace());
        if (original.getCause() != null && depth < DEEPEST) {
            initCause(outside(original.getCause(), depth + 1));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (depth < DEEPEST) {
                addSuppressed(outside(suppressed, depth + 1));
            }
        }
    }

    /** Returns {@code thrown} itself when nothing of it belongs to a campaign, otherwise a copy. */
    static Throwable outside(Throwable thrown) {
        return outside(thrown, 0);
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
        if (thrown.getCause() != null && belongsToCampaign(thrown.getCause(), depth + 1)) {
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
