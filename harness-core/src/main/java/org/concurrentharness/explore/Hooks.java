package org.concurrentharness.explore;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.concurrentharness.agent.Locations;
import org.concurrentharness.agent.MemoryModes;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.probe.Probe;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Turns what rewritten code reports into operations of the scheduler. */
final class Hooks extends ProbeListener {
    private static final int JDK_SPINS_PER_POINT = 1_000;

    private final Scheduler scheduler;
    private final RaceDetector races;
    private final Pools pools;

    Hooks(Scheduler scheduler, Pools pools) {
        this.scheduler = scheduler;
        this.races = scheduler.races;
        this.pools = pools;
    }

    // ---- memory and calls -------------------------------------------------------------------------------------------

    @Override
    public void volatileRead(@Nullable Object owner, int site) {
        scheduler.point(owner, Sites.location(site), site, false);
    }

    @Override
    public void volatileWrite(@Nullable Object owner, int site) {
        scheduler.point(owner, Sites.location(site), site, true);
    }

    @Override
    public void read(@Nullable Object owner, int site) {
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
    public void write(@Nullable Object owner, int site) {
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
    public void arrayRead(@Nullable Object array, int index, int site) {
        element(array, index, site, false);
    }

    @Override
    public void arrayWrite(@Nullable Object array, int index, int site) {
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
    public void arrayRange(Object array, int from, int to, boolean write, int site) {
        if (races.isPoint(site) && from < to) {
            scheduler.point(array, Locations.element(from), site, write);
        }
        races.range(array, from, to, write, site);
    }

    @Override
    public void collection(Object receiver, int site) {
        if (races.isPoint(site)) {
            scheduler.point(receiver, 0, site, Sites.writes(site));
        }
        races.collection(receiver, site);
    }

    @Override
    public int constructing() {
        return 0;
    }

    @Override
    public void constructed(Object self, int begin) {
        races.constructed(self);
    }

    @Override
    public void finalRead(@Nullable Object owner) {
        races.finalRead(owner);
    }

    @Override
    public void swapped(boolean success) {
        races.swapped(success);
    }

    @Override
    public void fence(int site) {
        races.fence(site);
    }

    @Override
    public void call(@Nullable Object receiver, int site) {
        scheduler.point(receiver, 0, site, !Sites.readOnly(site));
        if ((Sites.modes[site] & MemoryModes.THREAD_STATE) != 0) {
            ManagedThread me = scheduler.running();
            ManagedThread other = receiver instanceof Thread thread ? scheduler.threads.find(thread) : me;
            if (other != null) {
                races.observed(me, other);
            }
        }
    }

    @Override
    public void access(@Nullable Object handle, @Nullable Object target, int index, int site) {
        int location = handle == null ? Locations.UNKNOWN : Locations.of(handle, index);
        Object owner = location == Locations.UNKNOWN ? handle : target;
        scheduler.point(owner, location, site, !Sites.readOnly(site));
        if (location != Locations.UNKNOWN) {
            races.access(owner, location, site);
        }
    }

    @Override
    public void unsafeAccess(@Nullable Object target, long offset, int site) {
        int location = target == null ? 0 : Locations.ofOffset(target, offset);
        scheduler.point(target, location, site, !Sites.readOnly(site));
        if (target != null) {
            races.access(target, location, site);
        }
    }

    @Override
    public void jdkRead(@Nullable Object owner, int site) {
        jdk(owner, Sites.location(site), site);
    }

    @Override
    public void jdkWrite(@Nullable Object owner, int site) {
        jdk(owner, Sites.location(site), site);
    }

    @Override
    public void jdkAccess(@Nullable Object handle, @Nullable Object target, int index, int site) {
        @Nullable
        ProbeListener engine = Uncontrolled.begin(); // locations are looked up by means that may be explored inside
        int location = handle == null ? Locations.UNKNOWN : Locations.of(handle, index);
        Uncontrolled.end(engine);
        jdk(location == Locations.UNKNOWN ? handle : target, location, site);
    }

    @Override
    public void jdkUnsafeAccess(@Nullable Object target, long offset, int site) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        int location = target == null ? 0 : Locations.ofOffset(target, offset);
        Uncontrolled.end(engine);
        jdk(target, location, site);
    }

    /** Inside the JDK an access synchronizes, but is a point only where the test has asked to look. */
    private void jdk(@Nullable Object owner, int location, int site) {
        if (Sites.inside(site)) {
            scheduler.point(owner, location, site, !Sites.readOnly(site));
        } else if (!scheduler.aborting()) {
            races.synchronize(scheduler.running(), scheduler.shadows.of(owner, location), site);
        }
    }

    @Override
    public void callSynchronized(Object receiver, int site) {
        scheduler.point(receiver, 0, site, true);
        Monitors.enter(scheduler, receiver, site);
        Monitors.exit(scheduler, receiver);
    }

    @Override
    public void returned(@Nullable Object value, int site) {
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.returned(scheduler.running(), site, value);
        }
    }

    // ---- monitors ---------------------------------------------------------------------------------------------------

    @Override
    public void monitorEnter(Object lock, int site) {
        scheduler.point(lock, 0, site, true);
        Monitors.enter(scheduler, lock, site);
    }

    @Override
    public void monitorExit(Object lock, int site) {
        Monitors.exit(scheduler, lock);
    }

    @Override
    public void jdkMonitorEnter(Object lock) {
        Monitors.enter(scheduler, lock, 0);
    }

    @Override
    public void jdkMonitorEnter(Object lock, int site) {
        if (Sites.inside(site)) {
            scheduler.point(lock, 0, site, true);
        }
        Monitors.enter(scheduler, lock, site);
    }

    @Override
    public void jdkMonitorExit(Object lock) {
        Monitors.exit(scheduler, lock);
    }

    @Override
    public void monitorWait(Object lock, long nanos, int site) throws InterruptedException {
        if (nanos < 0) {
            throw new IllegalArgumentException("timeout value is negative");
        }
        scheduler.point(lock, 0, site, true);
        Monitors.await(scheduler, lock, nanos);
    }

    @Override
    public void jdkMonitorWait(Object lock, long nanos) throws InterruptedException {
        Monitors.await(scheduler, lock, nanos);
    }

    @Override
    public void monitorNotify(Object lock, boolean all, int site) {
        if (site != 0) {
            scheduler.point(lock, 0, site, true);
        }
        Monitors.signal(scheduler, lock, all);
    }

    @Override
    public void outsideNotify(Object lock, boolean all) {
        scheduler.inbox.add(all ? Inbox.Kind.NOTIFY_ALL : Inbox.Kind.NOTIFY, lock);
    }

    @Override
    public boolean holdsLock(Object lock) {
        return Monitors.holds(scheduler, lock);
    }

    // ---- class initialisers, loops ----------------------------------------------------------------------------------

    @Override
    public void initEnter() {
        scheduler.running().initDepth++;
    }

    @Override
    public void initExit() {
        ManagedThread me = scheduler.running();
        me.initDepth = Math.max(0, me.initDepth - 1);
    }

    @Override
    public void outOfFuel() {
        scheduler.outOfFuel();
    }

    // ---- threads ----------------------------------------------------------------------------------------------------

    @Override
    public boolean start(Thread thread) {
        if (scheduler.aborting()) {
            return true; // the execution is over: nothing new begins
        }
        if (scheduler.threads.find(thread) != null) {
            throw new IllegalThreadStateException();
        }
        if (thread.getState() != Thread.State.NEW || belongsToTheJvm(thread)) {
            return false;
        }
        pools.adopt(thread);
        JdkInternals.seedRandom(thread, pools.randomLong());
        ManagedThread added = scheduler.threads.add(thread);
        boolean handled;
        try {
            handled = scheduler.carrier().start(added);
        } catch (IllegalThreadStateException e) {
            added.state = ManagedThread.State.TERMINATED;
            throw e;
        }
        scheduler.running().clock.start(added.clock);
        scheduler.threads.enable(added);
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.started(scheduler.running(), added);
        }
        return handled;
    }

    /** Cleaners, the process reaper and their like live longer than an execution. */
    private static boolean belongsToTheJvm(Thread thread) {
        String type = thread.getClass().getName();
        return type.startsWith("jdk.internal.") || type.startsWith("sun.") || type.startsWith("java.lang.ref.");
    }

    @Override
    public void outsideBegin(Thread thread) {
        ManagedThread managed = scheduler.threads.find(thread);
        if (managed != null && !managed.begun) {
            scheduler.begin(managed);
        }
    }

    @Override
    public void exit(Thread thread) {
        ManagedThread me = scheduler.running();
        if (me.thread == thread && me.continuation == null && me.id != 0) {
            scheduler.ended(me);
        }
    }

    @Override
    public boolean join(Thread thread, long nanos, int site) throws InterruptedException {
        if (nanos < 0) {
            throw new IllegalArgumentException("timeout value is negative");
        }
        ManagedThread me = scheduler.running();
        if (scheduler.aborting()) {
            scheduler.throwAbort(me);
        }
        throwIfInterrupted(me);
        scheduler.pointWithoutChoice(thread, site, true);
        ManagedThread other = scheduler.threads.find(thread);
        if (other == null) {
            return Unmanaged.join(thread, nanos);
        }
        if (other.state == ManagedThread.State.TERMINATED) {
            races.joined(me, other);
            return true;
        }
        Recorder recorder = scheduler.recorder();
        if (recorder != null && site == 0) {
            recorder.joins(me, other);
        }
        me.joined = other;
        me.deadline = nanos == 0 ? ManagedThread.NO_DEADLINE : scheduler.clock.deadline(nanos);
        try {
            scheduler.await(me, ManagedThread.State.JOINING);
        } finally {
            me.joined = null;
            me.deadline = ManagedThread.NO_DEADLINE;
        }
        if (other.state != ManagedThread.State.TERMINATED) {
            throwIfInterrupted(me);
            return false;
        }
        races.joined(me, other);
        return true;
    }

    private void throwIfInterrupted(ManagedThread me) throws InterruptedException {
        if (scheduler.carrier().isInterrupted(me)) {
            races.observed(me, me);
            scheduler.carrier().setInterrupted(me, false);
            throw new InterruptedException();
        }
    }

    @Override
    public boolean isAlive(Thread thread, int site) {
        scheduler.point(thread, 0, site, false);
        ManagedThread managed = scheduler.threads.find(thread);
        if (managed == null) {
            return thread.isAlive();
        }
        if (managed.state != ManagedThread.State.TERMINATED) {
            return true;
        }
        races.joined(scheduler.running(), managed);
        return false;
    }

    @Override
    public Thread.@Nullable State outsideState(Thread thread) {
        ManagedThread managed = scheduler.threads.find(thread);
        if (managed == null) {
            return null;
        }
        boolean timed = managed.deadline != ManagedThread.NO_DEADLINE;
        return switch (managed.state) {
            case RUNNABLE -> Thread.State.RUNNABLE;
            case BLOCKED -> Thread.State.BLOCKED;
            case WAITING, PARKED, JOINING -> timed ? Thread.State.TIMED_WAITING : Thread.State.WAITING;
            case SLEEPING -> Thread.State.TIMED_WAITING;
            case TERMINATED -> Thread.State.TERMINATED;
        };
    }

    @Override
    public void sleep(long nanos, int site) throws InterruptedException {
        ManagedThread me = scheduler.running();
        if (scheduler.aborting()) {
            scheduler.throwAbort(me);
        }
        throwIfInterrupted(me);
        if (nanos == 0) {
            scheduler.giveWay(site);
            return;
        }
        scheduler.pointWithoutChoice(null, site, false);
        me.deadline = scheduler.clock.deadline(nanos);
        try {
            scheduler.await(me, ManagedThread.State.SLEEPING);
        } finally {
            me.deadline = ManagedThread.NO_DEADLINE;
        }
        throwIfInterrupted(me);
    }

    @Override
    public void yield(int site) {
        scheduler.giveWay(site);
    }

    @Override
    public void jdkYield() {
        scheduler.giveWay(0);
    }

    @Override
    public void task() {
        scheduler.task();
    }

    @Override
    public void randomInit() {
        scheduler.carrier().seedRandom(scheduler.running(), pools.randomLong());
    }

    @Override
    public void jdkSpinWait() {
        if (++scheduler.running().spins % JDK_SPINS_PER_POINT == 0) {
            scheduler.giveWay(0);
        }
    }

    @Override
    public boolean outsideInterrupt(Thread thread) {
        ManagedThread managed = scheduler.threads.find(thread);
        if (managed == null) {
            return false;
        }
        if (Thread.currentThread() == Probe.current) {
            scheduler.interrupt(managed);
        } else {
            scheduler.inbox.add(Inbox.Kind.INTERRUPT, thread);
        }
        return true;
    }

    @Override
    public int outsideIsInterrupted(Thread thread) {
        ManagedThread managed = scheduler.threads.find(thread);
        return managed == null || !managed.aside ? -1 : managed.interruptedAside ? 1 : 0;
    }

    @Override
    public boolean outsideUncaught(Thread thread, Throwable thrown) {
        ManagedThread managed = scheduler.threads.find(thread);
        if (managed == null) {
            return false;
        }
        if (thrown instanceof AbortExecution || scheduler.aborting()) {
            return true;
        }
        if (JdkInternals.hasOwnHandler(thread) || pools.handlesUncaught(thread.getThreadGroup())) {
            return false; // the program deals with it
        }
        scheduler.failed(Outcome.thrown(managed, thrown));
        return true;
    }

    // ---- park -------------------------------------------------------------------------------------------------------

    @Override
    public void park(@Nullable Object blocker, long nanos) {
        ManagedThread me = scheduler.running();
        if (scheduler.aborting()) {
            scheduler.throwAbort(me);
        }
        if (me.permit) {
            me.permit = false;
            return;
        }
        if (scheduler.carrier().isInterrupted(me)) {
            races.observed(me, me);
            return;
        }
        me.blocker = blocker;
        me.deadline = nanos == 0 ? ManagedThread.NO_DEADLINE : scheduler.clock.deadline(nanos);
        try {
            scheduler.await(me, ManagedThread.State.PARKED);
        } finally {
            me.blocker = null;
            me.deadline = ManagedThread.NO_DEADLINE;
        }
        if (scheduler.carrier().isInterrupted(me)) {
            races.observed(me, me);
        }
    }

    @Override
    public boolean unpark(Thread thread) {
        ManagedThread managed = scheduler.threads.find(thread);
        if (managed == null) {
            return false;
        }
        scheduler.unpark(managed);
        return true;
    }

    @Override
    public boolean outsideUnpark(Thread thread) {
        if (scheduler.threads.find(thread) == null) {
            return false;
        }
        scheduler.inbox.add(Inbox.Kind.UNPARK, thread);
        return true;
    }

    // ---- time and determinism ---------------------------------------------------------------------------------------

    @Override
    public long nanoTime() {
        return scheduler.clock.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return scheduler.clock.currentTimeMillis();
    }

    @Override
    public long nanoTimeAdjustment(long offsetSeconds) {
        return scheduler.clock.nanoTimeAdjustment(offsetSeconds);
    }

    @Override
    public int threadNumber() {
        return pools.nextThreadNumber();
    }

    @Override
    public long threadId() {
        return pools.nextThreadId();
    }

    @Override
    public ForkJoinPool commonPool(ForkJoinPool original) {
        return pools.common();
    }

    @Override
    public Executor asyncPool(Executor original) {
        return pools.async();
    }

    @Override
    public Object staticPool(Object original) {
        return pools.delayer(original);
    }

    @Override
    public @Nullable Thread virtualThread(@Nullable String name, int characteristics, Runnable task) {
        return pools.virtualThread(name, characteristics, task);
    }

    @Override
    public long randomLong() {
        return pools.randomLong();
    }

    @Override
    public void systemExit(int status) {
        scheduler.stop(Messages.systemExit(scheduler.running(), status));
    }
}
