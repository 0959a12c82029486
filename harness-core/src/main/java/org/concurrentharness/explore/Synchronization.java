package org.concurrentharness.explore;

import org.concurrentharness.agent.MemoryModes;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.race.ThreadClock;
import org.concurrentharness.race.VectorClock;

/**
 * Carries what synchronizes, in the program and inside the JDK, to the clocks of threads and of what they synchronize at. Called by
 * the managed thread that runs.
 */
final class Synchronization {
    private static final int STAMPED_LOCK_STATE = Sites.location("java.util.concurrent.locks.StampedLock", "state");

    private final Scheduler scheduler;

    Synchronization(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A volatile or atomic access of what {@code shadow} stands for, as the site's access mode has it. */
    void synchronize(ManagedThread me, Shadow shadow, int site) {
        int modes = Sites.modes[site];
        ThreadClock clock = me.clock;
        if ((modes & MemoryModes.READS) != 0) {
            if ((modes & MemoryModes.ACQUIRES) != 0) {
                acquire(me, shadow);
            } else {
                clock.readOpaque(shadow.released);
            }
        }
        if ((modes & MemoryModes.WRITES) == 0) {
            return;
        }
        if ((modes & MemoryModes.SWAPS) != 0) {
            me.swaps.begin(shadow, modes, me.initDepth);
        } else {
            writes(me, shadow, modes);
        }
    }

    private void writes(ManagedThread me, Shadow shadow, int modes) {
        ThreadClock clock = me.clock;
        boolean reads = (modes & MemoryModes.READS) != 0; // what it replaces goes on to be released: a release sequence
        if ((modes & MemoryModes.RELEASES) == 0) {
            if (!reads) {
                clock.writeOpaque(shadow.released);
            }
        } else if (reads || (modes & MemoryModes.VOLATILE) != 0) {
            release(me, shadow);
        } else {
            released(me, shadow);
            clock.releaseAlone(shadow.released);
        }
    }

    /** The compare-and-set that the thread was about to do has been done. */
    void swapped(boolean success) {
        ManagedThread me = scheduler.running();
        Shadow shadow = me.swaps.end(me.initDepth);
        if (success && shadow != null) {
            writes(me, shadow, me.swaps.mode());
        }
    }

    void fence(int site) {
        ThreadClock clock = scheduler.running().clock;
        int modes = Sites.modes[site];
        if ((modes & MemoryModes.ACQUIRES) != 0) {
            clock.acquireFence();
        }
        if ((modes & MemoryModes.RELEASES) != 0) {
            clock.releaseFence();
        }
    }

    // A reader under an optimistic stamp of a StampedLock races with writers on purpose, and throws away what it has
    // read unless
    // the lock then says that nobody wrote: only then are the reads what a read lock would have made of them.

    /** The stamp may be 0, which says that a writer is at work: who reads all the same learns of it when it is validated. */
    void optimisticRead(Object lock) {
        ManagedThread me = scheduler.running();
        settle(me);
        me.optimisticLock = lock;
    }

    void validated(Object lock, boolean valid) {
        ManagedThread me = scheduler.running();
        if (me.optimisticLock != lock) {
            return;
        }
        if (valid) {
            settle(me);
            release(me, scheduler.shadows.of(lock, STAMPED_LOCK_STATE)); // the next writer comes after these reads
        } else {
            me.optimisticLock = null;
            me.optimisticReads.clear();
        }
    }

    /** Reads that are not validated before the thread synchronizes otherwise count as any others. */
    void settle(ManagedThread me) {
        if (me.optimisticLock != null) {
            me.optimisticLock = null;
            scheduler.races.count(me, me.optimisticReads);
        }
    }

    void acquire(ManagedThread me, Shadow shadow) {
        if (me.optimisticLock != null && me.optimisticLock != shadow.object) {
            settle(me);
        }
        if (shadow.released.isEmpty()) {
            return;
        }
        Recorder recorder = scheduler.recorder();
        if (recorder != null && me.clock.learnsFrom(shadow.released)) {
            recorder.acquired(me, shadow);
        }
        me.clock.acquire(shadow.released);
    }

    void release(ManagedThread me, Shadow shadow) {
        settle(me); // to validate is not to release: the lock itself, if it is that, was taken in earnest
        released(me, shadow);
        me.clock.release(shadow.released);
    }

    private void released(ManagedThread me, Shadow shadow) {
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.released(me, shadow);
        }
    }

    void joined(ManagedThread me, ManagedThread ended) {
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.joined(me, ended);
        }
        me.clock.join(ended.clock);
    }

    /**
     * A thread that is not managed wakes one that is, or those that wait at a monitor. What orders it, and what went through its
     * hands, cannot be seen: whoever is woken comes after all that was done so far.
     */
    void fromOutside(Object target) {
        ManagedThread woken = target instanceof Thread thread ? scheduler.threads.find(thread) : null;
        VectorClock all = woken == null ? scheduler.shadows.of(target, 0).released : new VectorClock();
        for (int i = 0; i < scheduler.threads.size(); i++) {
            scheduler.threads.get(i).clock.release(all);
        }
        if (woken != null) {
            woken.clock.acquire(all);
        }
    }

    /** A thread has looked at another, or at itself: has it ended, was it interrupted? */
    void observed(ManagedThread me, ManagedThread other) {
        if (other.state == ManagedThread.State.TERMINATED) {
            joined(me, other);
        }
        me.clock.seesInterruptOf(other.clock);
    }
}
