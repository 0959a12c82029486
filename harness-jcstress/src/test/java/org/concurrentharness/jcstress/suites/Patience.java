package org.concurrentharness.jcstress.suites;

import java.time.Duration;

/**
 * How long suites wait for what has to come at once: long enough for a machine with much else to do. What is under test looks once
 * more when the time is over, so that a lost wake-up shows as a wait of all that time, and in nothing else.
 */
public final class Patience {
    /** Shorter where a mutant is known to wake nobody. */
    public static final Duration OF_SUITES = Duration.parse(System.getProperty("suites.patience", "PT20S"));

    private Patience() {}

    /** Returns true when a wait that began then has taken all the time there is. */
    public static boolean isOver(long began) {
        return System.nanoTime() - began >= OF_SUITES.toNanos();
    }
}
