package org.concurrentharness.agent;

/**
 * Marks the class loaders whose classes the agent rewrites.
 *
 * <p>The classes of every other loader keep their bytes, but for the JDK's that {@link Agent#rewriteJdk} chooses. An
 * implementation is a {@link ClassLoader}.
 *
 * @since 0.1
 */
public interface CampaignLoader {
    /**
     * Returns whether the probe hears of accesses of plain fields and array elements too, for the race detector. Always the same
     * for one loader.
     */
    default boolean reportsPlainAccesses() {
        return false;
    }
}
