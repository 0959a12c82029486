package org.concurrentharness.explore;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What threads from outside the campaign do to managed threads: unparks, interrupts, notifications. The only part of the engine that more
 * than one thread uses at a time; everything is guarded by this object's monitor, but for {@link #filled}, which is a hint.
 */
final class Inbox {
    /** How long a campaign waits, the first time that no thread can run, for somebody from outside. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long it waits once it has seen that threads from outside take part. */
    private static final long LONG_PATIENCE = TimeUnit.SECONDS.toNanos(2);

    /** What is done to managed threads. */
    enum Kind {
        UNPARK,
        INTERRUPT,
        NOTIFY,
        NOTIFY_ALL
    }

    /** An event; the target is a thread, or the object at which threads wait. */
    record Message(Kind kind, Object target) {}

    private final ArrayDeque<Message> messages = new ArrayDeque<>();

    /** Written under the monitor, read without: a stale false is made good at the next point, or at the wait below. */
    private boolean filled;

    private boolean open;
    private boolean everFilled;
    private boolean waitedInVain;
    private volatile @Nullable Thread waiter;

    synchronized void open() {
        messages.clear();
        filled = false;
        open = true;
    }

    synchronized void close() {
        open = false;
        messages.clear();
        filled = false;
    }

    boolean filled() {
        return filled;
    }

    /** Called by threads that are not managed. */
    void add(Kind kind, Object target) {
        synchronized (this) {
            if (!open) {
                return;
            }
            messages.add(new Message(kind, target));
            filled = true;
            everFilled = true;
        }
        Thread waiting = waiter;
        if (waiting != null) {
            RealPark.unpark(waiting);
        }
    }

    synchronized ArrayDeque<Message> take() {
        ArrayDeque<Message> taken = new ArrayDeque<>(messages);
        messages.clear();
        filled = false;
        return taken;
    }

    /**
     * Waits really, bounded, until somebody from outside does something; {@code self} is the thread that runs. A campaign that
     * has waited in vain once, and never heard from outside, does not wait again.
     */
    boolean await(Thread self) {
        long patience;
        synchronized (this) {
            if (filled) {
                return true;
            }
            if (waitedInVain && !everFilled) {
                return false;
            }
            patience = everFilled ? LONG_PATIENCE : PATIENCE;
        }
        waiter = self;
        try {
            long end = System.nanoTime() + patience;
            long left;
            while (!isFilled() && (left = end - System.nanoTime()) > 0) {
                RealPark.park(left);
            }
        } finally {
            waiter = null;
        }
        synchronized (this) {
            waitedInVain = waitedInVain || !filled;
            return filled;
        }
    }

    private synchronized boolean isFilled() {
        return filled;
    }
}
