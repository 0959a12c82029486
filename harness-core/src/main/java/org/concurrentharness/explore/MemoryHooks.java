package org.concurrentharness.explore;

import org.concurrentharness.agent.Locations;
import org.concurrentharness.agent.MemoryModes;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Turns what rewritten code reports about memory and calls into operations of the scheduler and of the race detector. */
abstract class MemoryHooks extends ProbeListener {
    final Scheduler scheduler;
    final RaceDetector races;
    final Synchronization synchronization;
    private boolean synchronizing;
    private final CollectionRaces collections;

    MemoryHooks(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.races = scheduler.races;
        this.synchronization = scheduler.synchronization;
        this.collections = new CollectionRaces(races);
    }

    // ---- memory and calls -------------------------------------------------------------------------------------------

    @Override
    public final void volatileRead(@Nullable Object owner, int site) {
        scheduler.point(owner, Sites.location(site), site, false);
    }

    @Override
    public final void volatileWrite(@Nullable Object owner, int site) {
        scheduler.point(owner, Sites.location(site), site, true);
    }

    @Override
    public final void read(@Nullable Object owner, int site) {
        if (touchesNothing(owner, site)) {
            return;
        }
        int location = Sites.location(site);
        if (races.isPoint(site)) {
            scheduler.point(owner, location, site, false);
        }
        races.read(owner, location, site);
    }

    @Override
    public final void write(@Nullable Object owner, int site) {
        if (touchesNothing(owner, site)) {
            return;
        }
        int location = Sites.location(site);
        if (races.isPoint(site)) {
            scheduler.point(owner, location, site, true);
        }
        races.write(owner, location, site);
    }

    /** An access that throws, or one of the JDK's, whose authors chose each plain access with care. */
    private static boolean touchesNothing(@Nullable Object owner, int site) {
        return (owner == null && !Sites.get(site).isStatic()) || Sites.inside(site);
    }

    @Override
    public final void arrayRead(@Nullable Object array, int index, int site) {
        element(array, index, site, false);
    }

    @Override
    public final void arrayWrite(@Nullable Object array, int index, int site) {
        element(array, index, site, true);
    }

    private void element(@Nullable Object array, int index, int site, boolean writes) {
        if (array == null || index < 0 || Sites.inside(site)) {
            return;
        }
        int location = Locations.element(index);
        if (races.isPoint(site)) {
            scheduler.point(array, location, site, writes);
        }
        if (writes) {
            races.write(array, location, site);
        } else {
            races.read(array, location, site);
        }
    }

    @Override
    public final void arrayRange(Object array, int from, int to, boolean write, int site) {
        if (races.isPoint(site) && from < to) {
            scheduler.point(array, Locations.element(from), site, write);
        }
        races.range(array, from, to, write, site);
    }

    @Override
    public final void collection(Object receiver, int site) {
        if (races.isPoint(site)) {
            scheduler.point(receiver, 0, site, Sites.writes(site));
        }
        collections.call(receiver, site);
    }

    @Override
    public final void element(Object receiver, int index, int site) {
        if (races.isPoint(site)) {
            scheduler.point(receiver, 0, site, Sites.writes(site));
        }
        collections.element(receiver, index, site);
    }

    @Override
    public final int constructing() {
        return 0;
    }

    @Override
    public final void constructed(Object self, int begin) {
        races.constructed(self);
    }

    @Override
    public final void finalRead(@Nullable Object owner) {
        races.finalRead(owner);
    }

    @Override
    public final void swapped(boolean success) {
        synchronization.swapped(success);
    }

    @Override
    public final void optimisticRead(Object lock, long stamp) {
        synchronization.optimisticRead(lock);
    }

    @Override
    public final void validated(Object lock, boolean valid) {
        synchronization.validated(lock, valid);
    }

    @Override
    public final void fence(int site) {
        synchronization.fence(site);
    }

    @Override
    public final void call(@Nullable Object receiver, int site) {
        scheduler.point(receiver, 0, site, !Sites.readOnly(site));
        if ((Sites.modes[site] & MemoryModes.THREAD_STATE) != 0) {
            ManagedThread me = scheduler.running();
            ManagedThread other = receiver instanceof Thread thread ? scheduler.threads.find(thread) : me;
            if (other != null) {
                if (scheduler.footprints.on) {
                    scheduler.footprints.interrupt(other, !Sites.readOnly(site));
                    scheduler.footprints.end(other, false);
                    if (Sites.get(site).target().equals("Thread.getState")) {
                        scheduler.footprints.disturb(); // any step of the other thread may change what is seen
                    }
                }
                synchronization.observed(me, other);
            }
        } else if (scheduler.running().clock.isInterrupted()) {
            // whatever is called may look for an interrupt, out of our sight, and throw
            synchronization.observed(scheduler.running(), scheduler.running());
        }
    }

    @Override
    public final void access(@Nullable Object handle, @Nullable Object target, int index, int site) {
        int location = handle == null ? Locations.UNKNOWN : Locations.of(handle, index, site);
        Object owner = location == Locations.UNKNOWN ? handle : target;
        scheduler.point(owner, location, site, !Sites.readOnly(site));
        if (location != Locations.UNKNOWN) {
            races.access(owner, location, site);
        }
    }

    @Override
    public final void unsafeAccess(@Nullable Object target, long offset, int site) {
        int location = target == null ? 0 : Locations.ofOffset(target, offset);
        scheduler.point(target, location, site, !Sites.readOnly(site));
        if (target != null) {
            races.access(target, location, site);
        }
    }

    @Override
    public final void jdkRead(@Nullable Object owner, int site) {
        jdk(owner, Sites.location(site), site);
    }

    @Override
    public final void jdkWrite(@Nullable Object owner, int site) {
        jdk(owner, Sites.location(site), site);
    }

    @Override
    public final void jdkAccess(@Nullable Object handle, @Nullable Object target, int index, int site) {
        int location = handle == null ? Locations.UNKNOWN : Locations.last(handle, index, site);
        if (handle != null && location == Locations.NOT_SEEN) {
            location = lookedUp(handle, index, site);
        }
        jdk(location == Locations.UNKNOWN ? handle : target, location, site);
    }

    /** Locations are looked up by means that may be explored inside. */
    private static int lookedUp(Object handle, int index, int site) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        int location = Locations.of(handle, index, site);
        Uncontrolled.end(engine);
        return location;
    }

    @Override
    public final void jdkUnsafeAccess(@Nullable Object target, long offset, int site) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        int location = target == null ? 0 : Locations.ofOffset(target, offset);
        Uncontrolled.end(engine);
        jdk(target, location, site);
    }

    /** Inside the JDK an access synchronizes, but is a point only where the test has asked to look. */
    private void jdk(@Nullable Object owner, int location, int site) {
        if (Sites.inside(site)) {
            scheduler.point(owner, location, site, !Sites.readOnly(site));
        } else if (!synchronizing && !scheduler.aborting()) {
            // a coverage agent's code in the engine's own classes is JDK code too, when it first runs
            synchronizing = true;
            try {
                Shadow shadow = scheduler.shadows.of(owner, location);
                if (scheduler.footprints.on) {
                    scheduler.footprints.touchInside(shadow, !Sites.readOnly(site));
                }
                synchronization.synchronize(scheduler.running(), shadow, site);
            } finally {
                synchronizing = false;
            }
        }
    }

    @Override
    public final void callSynchronized(Object receiver, int site) {
        Monitors.enterAtPoint(scheduler, receiver, site);
        Monitors.exit(scheduler, receiver);
    }

    @Override
    public final void returned(@Nullable Object value, int site) {
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.returned(scheduler.running(), site, value);
        }
    }
}
