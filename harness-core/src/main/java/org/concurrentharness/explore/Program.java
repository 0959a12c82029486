package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * What a campaign explores. Made by {@link Explorer} for a lambda and by the JUnit extension for a test method.
 *
 * <p>The campaign calls {@link #execution()} before each execution on its own thread, not managed, and then {@link Body#run()}
 * on managed thread 0.
 */
interface Program {
    /** Returns the name of the test as reports show it. */
    String name();

    /** Prepares one execution; with {@code isolate} in a fresh class loader. May be asked again before the last has run. */
    Body execution() throws Throwable;

    /** Returns the class loader of the next execution's body, its context class loader. */
    ClassLoader loader();

    /** One execution's body. */
    interface Body {
        /** Runs the body and returns its outcome, null for none. */
        @Nullable
        Object run() throws Throwable;
    }
}
