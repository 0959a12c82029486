package org.concurrentharness.agent;

/**
 * Marks the class loaders whose classes the agent rewrites.
 *
 * <p>The classes of every other loader keep their bytes, but for the JDK's that {@link Agent#rewriteJdk} chooses. An
 * implementation is a {@link ClassLoader}.
 *
 * @since 0.1
 */
public interface CampaignLoader {}
