package org.concurrentharness.explore;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign runs, once per execution, with an outcome whose text is counted.
 *
 * @param <T> the type of the outcome
 * @since 0.1
 */
@FunctionalInterface
public interface ExplorationCall<T extends @Nullable Object> extends Serializable {
    /** Runs the test once and returns its outcome. Whatever it throws fails the campaign. */
    T call() throws Throwable;
}
