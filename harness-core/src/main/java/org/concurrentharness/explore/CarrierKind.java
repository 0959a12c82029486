package org.concurrentharness.explore;

/**
 * Names what runs the managed threads. Schedules do not depend on it.
 *
 * @since 0.1
 */
public enum CarrierKind {
    /** Fibers where the JVM has them and no debugger is attached, platform threads elsewhere. */
    AUTO,
    /** Continuations on one carrier thread (JDK 24 and later). */
    FIBERS,
    /** Platform threads that hand over a baton. */
    THREADS
}
