package org.concurrentharness.explore;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/** Turns what rewritten code reports into operations of the scheduler. */
final class Hooks extends MemoryHooks {
    private static final int JDK_SPINS_PER_POINT = 1_000;

    private final Pools pools;

    Hooks(Scheduler scheduler, Pools pools) {
        super(scheduler);
        this.pools = pools;
    }

    // ---- monitors ---------------------------------------------------------------------------------------------------

    @Override
    public void monitorEnter(Object lock, int site) {
        Monitors.enterAtPoint(scheduler, lock, site);
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
            Monitors.enterAtPoint(scheduler, lock, site);
        } else {
            Monitors.enter(scheduler, lock, site);
        }
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
        if (scheduler.footprints.on) {
            scheduler.footprints.added(added, scheduler.running());
        }
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
        ManagedThread other = scheduler.threads.find(thread);
        scheduler.joinPoint(thread, other, site);
        if (other == null) {
            return Unmanaged.join(thread, nanos);
        }
        if (other.state == ManagedThread.State.TERMINATED) {
            ended(me, other);
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
        ended(me, other);
        return true;
    }

    private void ended(ManagedThread me, ManagedThread other) {
        if (scheduler.footprints.on) {
            scheduler.footprints.after(other);
        }
        synchronization.joined(me, other);
    }

    private void throwIfInterrupted(ManagedThread me) throws InterruptedException {
        if (scheduler.isInterrupted(me)) {
            synchronization.observed(me, me);
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
        if (scheduler.footprints.on) {
            scheduler.footprints.end(managed, false);
        }
        if (managed.state != ManagedThread.State.TERMINATED) {
            return true;
        }
        synchronization.joined(scheduler.running(), managed);
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
        scheduler.sleepPoint(site);
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
        if (scheduler.footprints.on) {
            scheduler.footprints.permit(me);
        }
        if (me.permit) {
            me.permit = false;
            return;
        }
        if (scheduler.isInterrupted(me)) {
            synchronization.observed(me, me);
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
            synchronization.observed(me, me);
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
        return scheduler.look().nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return scheduler.look().currentTimeMillis();
    }

    @Override
    public long nanoTimeAdjustment(long offsetSeconds) {
        return scheduler.look().nanoTimeAdjustment(offsetSeconds);
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
