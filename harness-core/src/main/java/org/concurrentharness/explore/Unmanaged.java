package org.concurrentharness.explore;

import java.util.concurrent.TimeUnit;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/** Does on a managed thread, for real, what concerns threads that are not managed. */
final class Unmanaged {
    private Unmanaged() {}

    /** Waits really until a thread from outside has ended. */
    static boolean join(Thread thread, long nanos) throws InterruptedException {
        Thread managed = off();
        try {
            if (nanos == 0) {
                thread.join();
            } else {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            }
            return !thread.isAlive();
        } finally {
            on(managed);
        }
    }

    /** Switches the engine off for what the running thread does next. */
    static @Nullable Thread off() {
        Thread managed = Probe.current;
        Probe.current = null;
        return managed;
    }

    /** Switches the engine on again. */
    static void on(@Nullable Thread managed) {
        Probe.current = managed;
    }
}
