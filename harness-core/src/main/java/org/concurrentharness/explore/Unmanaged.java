package org.concurrentharness.explore;

import java.util.concurrent.TimeUnit;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Does on a managed thread, for real, what concerns threads that are not managed. */
final class Unmanaged {
    private Unmanaged() {}

    /** Waits really until a thread from outside has ended; {@code nanos} 0 sets no limit. */
    static boolean join(Thread thread, long nanos) throws InterruptedException {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            if (nanos == 0) {
                thread.join();
            } else {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            }
            return !thread.isAlive();
        } finally {
            Uncontrolled.end(engine);
        }
    }
}
