package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * Models the monitors of campaign code, which has no real ones, and shadows those of JDK code. A thread that wants a taken
 * monitor is enabled again when it is free; who gets it then is a choice of the strategy.
 */
final class Monitors {
    private Monitors() {}

    /**
     * Enters a monitor after a scheduling point. A thread that would only have to wait is not offered to the strategy: to try in
     * vain changes nothing, and who gets the monitor is decided when it is free.
     */
    static void enterAtPoint(Scheduler scheduler, Object lock, int site) {
        ManagedThread me = scheduler.running();
        Shadow shadow = scheduler.shadows.of(lock, 0);
        if (shadow.owner == me) {
            shadow.count++;
            return;
        }
        if (!scheduler.arrive(me, shadow, site)) {
            enter(scheduler, lock, site);
            return;
        }
        if (shadow.owner == null) {
            standAt(scheduler, me, shadow);
        }
        scheduler.record(me, site, lock);
        if (shadow.owner != null) {
            awaitFree(scheduler, me, shadow);
        }
        scheduler.order(me, shadow, true);
        take(scheduler, me, shadow, 1, site, Footprints.ACQUIRE);
    }

    /** Stands before a free monitor; whoever takes it meanwhile makes this thread wait for it. */
    private static void standAt(Scheduler scheduler, ManagedThread me, Shadow shadow) {
        if (scheduler.threads.enabledCount() == 1 && !scheduler.footprints.on) {
            scheduler.choices.passes(me);
            return;
        }
        shadow.entering.add(me);
        me.lock = shadow;
        me.beforeMonitor = true;
        try {
            scheduler.switchAt(me);
        } finally {
            shadow.entering.remove(me);
            me.lock = null;
            me.beforeMonitor = false;
        }
    }

    /** Tells the record of threads that were made to wait where they stood. */
    static void recordWaiting(Scheduler scheduler, Recorder recorder) {
        for (int i = 0; i < scheduler.threads.size(); i++) {
            ManagedThread thread = scheduler.threads.get(i);
            if (thread.state == ManagedThread.State.BLOCKED && thread.beforeMonitor && thread.lock != null) {
                recorder.operation(thread, thread.site, thread.lock.object);
                recorder.blocked(thread);
            }
        }
    }

    static void enter(Scheduler scheduler, Object lock, int site) {
        ManagedThread me = scheduler.running();
        Shadow shadow = scheduler.shadows.of(lock, 0);
        if (shadow.owner == me) {
            shadow.count++;
            return;
        }
        byte kind = Footprints.ACQUIRE_INSIDE;
        if (shadow.owner != null && !scheduler.aborting()) {
            tryInVain(scheduler, shadow);
            awaitFree(scheduler, me, shadow);
            kind = Footprints.ACQUIRE;
        }
        take(scheduler, me, shadow, 1, site, kind);
    }

    private static void tryInVain(Scheduler scheduler, Shadow shadow) {
        if (scheduler.footprints.on) {
            scheduler.footprints.monitor(shadow, Footprints.TRY);
        }
    }

    private static void awaitFree(Scheduler scheduler, ManagedThread me, Shadow shadow) {
        shadow.entering.add(me);
        me.lock = shadow;
        try {
            while (shadow.owner != null) {
                scheduler.await(me, ManagedThread.State.BLOCKED);
            }
        } finally {
            shadow.entering.remove(me);
            me.lock = null;
        }
    }

    private static void take(Scheduler scheduler, ManagedThread me, Shadow shadow, int count, int site, byte kind) {
        if (scheduler.footprints.on) {
            scheduler.footprints.monitor(shadow, kind);
        }
        shadow.owner = me;
        shadow.count = count;
        shadow.site = site;
        scheduler.synchronization.acquire(me, shadow);
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.locked(me, shadow);
        }
        for (int i = 0; i < shadow.entering.size(); i++) {
            ManagedThread other = shadow.entering.get(i);
            other.state = ManagedThread.State.BLOCKED;
            scheduler.threads.disable(other);
        }
    }

    static void exit(Scheduler scheduler, Object lock) {
        ManagedThread me = scheduler.running();
        Shadow shadow = scheduler.shadows.of(lock, 0);
        if (shadow.owner != me) {
            if (scheduler.aborting()) {
                return; // unwound while it waited for this monitor
            }
            throw new IllegalMonitorStateException("current thread is not owner");
        }
        if (--shadow.count == 0) {
            release(scheduler, me, shadow);
        }
    }

    private static void release(Scheduler scheduler, ManagedThread me, Shadow shadow) {
        scheduler.synchronization.release(me, shadow);
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.unlocked(me, shadow);
        }
        if (scheduler.footprints.on) {
            scheduler.footprints.monitor(shadow, Footprints.RELEASE);
        }
        shadow.owner = null;
        for (int i = 0; i < shadow.entering.size(); i++) {
            scheduler.wake(shadow.entering.get(i));
        }
    }

    static boolean holds(Scheduler scheduler, Object lock) {
        return scheduler.shadows.of(lock, 0).owner == scheduler.running();
    }

    /** Waits until notified, interrupted or {@code nanos} (0: without a limit) have passed. */
    static void await(Scheduler scheduler, Object lock, long nanos) throws InterruptedException {
        ManagedThread me = scheduler.running();
        Shadow shadow = owned(scheduler, lock, me);
        if (scheduler.aborting()) {
            scheduler.throwAbort(me);
        }
        if (scheduler.isInterrupted(me)) {
            scheduler.synchronization.observed(me, me);
            scheduler.carrier().setInterrupted(me, false);
            throw new InterruptedException();
        }
        touchWaitSet(scheduler, shadow);
        int count = shadow.count;
        int site = shadow.site;
        shadow.count = 0;
        release(scheduler, me, shadow);
        shadow.waiting.add(me);
        me.lock = shadow;
        me.deadline = nanos == 0 ? ManagedThread.NO_DEADLINE : scheduler.clock.deadline(nanos);
        byte kind = Footprints.ACQUIRE;
        try {
            scheduler.await(me, ManagedThread.State.WAITING);
            if (shadow.waiting.contains(me)) { // nobody has woken it: its time is over
                touchWaitSet(scheduler, shadow);
                kind = Footprints.ACQUIRE_INSIDE;
            }
        } finally {
            shadow.waiting.remove(me);
            shadow.entering.remove(me); // where a notify has put it
            me.deadline = ManagedThread.NO_DEADLINE;
            me.lock = null;
            if (!scheduler.aborting()) {
                if (shadow.owner != null) {
                    tryInVain(scheduler, shadow);
                    awaitFree(scheduler, me, shadow);
                    kind = Footprints.ACQUIRE;
                }
                take(scheduler, me, shadow, count, site, kind);
            }
        }
        if (scheduler.isInterrupted(me)) {
            scheduler.synchronization.observed(me, me);
            scheduler.carrier().setInterrupted(me, false);
            throw new InterruptedException();
        }
    }

    private static void touchWaitSet(Scheduler scheduler, Shadow shadow) {
        if (scheduler.footprints.on) {
            scheduler.footprints.touchInside(shadow, true);
        }
    }

    static void signal(Scheduler scheduler, Object lock, boolean all) {
        ManagedThread me = scheduler.running();
        if (scheduler.aborting()) {
            return;
        }
        wake(scheduler, owned(scheduler, lock, me), all);
    }

    /** Does what a thread that is not managed asks for; it has no monitors, so that it need not hold this one. */
    static void signalFromOutside(Scheduler scheduler, Object lock, boolean all) {
        wake(scheduler, scheduler.shadows.of(lock, 0), all);
    }

    private static void wake(Scheduler scheduler, Shadow shadow, boolean all) {
        touchWaitSet(scheduler, shadow);
        while (shadow.waiting.size() > 0) {
            ManagedThread woken =
                    all ? shadow.waiting.get(0) : scheduler.choices.wakeUp(shadow.waiting, scheduler.steps());
            shadow.waiting.remove(woken);
            moveToEntry(scheduler, shadow, woken);
            if (!all) {
                return;
            }
        }
    }

    /** Takes an interrupted thread out of the wait set: it goes on when it has the monitor again. */
    static void leaveWaitSet(Scheduler scheduler, ManagedThread thread) {
        Shadow shadow = thread.lock;
        if (shadow != null) {
            touchWaitSet(scheduler, shadow);
            shadow.waiting.remove(thread);
            moveToEntry(scheduler, shadow, thread);
        }
    }

    /** The woken thread wants the monitor, which somebody holds: it is enabled when that one lets go. */
    private static void moveToEntry(Scheduler scheduler, Shadow shadow, ManagedThread woken) {
        woken.deadline = ManagedThread.NO_DEADLINE;
        shadow.entering.add(woken);
        if (shadow.owner == null) {
            scheduler.wake(woken);
        } else {
            if (scheduler.footprints.on) {
                scheduler.footprints.enables(woken);
            }
            scheduler.threads.disable(woken);
            woken.state = ManagedThread.State.BLOCKED;
        }
    }

    private static Shadow owned(Scheduler scheduler, Object lock, @Nullable ManagedThread me) {
        Shadow shadow = scheduler.shadows.of(lock, 0);
        if (shadow.owner != me) {
            throw new IllegalMonitorStateException("current thread is not owner");
        }
        return shadow;
    }
}
