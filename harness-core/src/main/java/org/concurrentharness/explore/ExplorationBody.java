package org.concurrentharness.explore;

import java.io.Serializable;

/**
 * What a campaign runs, once per execution. Serializable, so that a lambda can be taken into the campaign's class loader.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ExplorationBody extends Serializable {
    /** Runs the test once. Whatever it throws fails the campaign. */
    void run() throws Throwable;
}
