package org.concurrentharness.explore;

import org.concurrentharness.race.ThreadClock;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler knows of one managed thread. Reused from execution to execution: the number stays, the rest is reset.
 * Touched only by whoever runs at the time, so plain fields suffice; {@code baton} orders the hand-over between platform
 * threads.
 */
final class ManagedThread {
    /** Whether a thread can go on, and if not, for what it waits. */
    enum State {
        RUNNABLE,
        /** Wants a monitor that another thread holds. */
        BLOCKED,
        /** In a monitor's wait set. */
        WAITING,
        PARKED,
        SLEEPING,
        JOINING,
        TERMINATED
    }

    static final long NO_DEADLINE = Long.MAX_VALUE;

    final int id;

    @Nullable
    Thread thread;

    State state = State.RUNNABLE;

    /** Among the scheduler's enabled threads. */
    boolean enabled;

    /** Has run its first instruction. */
    boolean begun;

    /** Gave way; not chosen until another thread has taken a step. */
    boolean yielded;

    /** The step of the thread's last point, and that at which it was last enabled. */
    long lastStep;

    long enabledSince;

    /** The step at which it last gave way, 0 for never. */
    long lastGaveWay;

    int timesGivenWay;

    /** Gave way twice: not chosen while a thread is left out that could have run ever since this step. 0 for none. */
    long fairSince;

    /** The permit of {@code LockSupport}. */
    boolean permit;

    /** Ends by {@link AbortExecution} already. */
    boolean aborted;

    /** The virtual time at which a timed wait ends. */
    long deadline = NO_DEADLINE;

    /** The number of the {@link Shadow} of what the next operation touches, where that is known; 0 where it is not. */
    int pending;

    boolean pendingWrites;

    /** Stands at the point before a monitor, of which no record tells yet. */
    boolean beforeMonitor;

    /** The monitor that the thread wants or waits at. */
    @Nullable
    Shadow lock;

    /** How often the thread held the monitor at which it waits. */
    int savedCount;

    @Nullable
    Object blocker;

    @Nullable
    ManagedThread joined;

    /** Depth of class initialisers: nobody else runs inside. */
    int initDepth;

    /** Operations so far; names an operation together with the thread's number. */
    int operations;

    /** Points since another thread ran. */
    int pointsInARow;

    /** Points since this thread last changed something or another thread ran. */
    int readsInARow;

    /** Spin waits of JDK code. */
    int spins;

    int spuriousWaits;

    /** The site of the point at which the thread stands. */
    int site;

    int throwsWhileAborting;

    /** What has happened before. */
    final ThreadClock clock = new ThreadClock();

    /** The compare-and-sets that the thread is about to do. */
    final Swaps swaps = new Swaps();

    /** The {@code StampedLock} that the thread reads under optimistically, and the reads that wait for it to be validated. */
    @Nullable
    Object optimisticLock;

    final OptimisticReads optimisticReads = new OptimisticReads();

    // ---- for Footprints ----

    /** Tells the thread from others whatever the schedule: by its parent and its number among the parent's children. */
    long key;

    int children;
    int lastRun;

    /** The steps without which the thread could not go on. */
    int[] enabledBy = new int[2];

    int enablers;
    int permitCell;
    int interruptCell;
    int endCell;

    /** The fiber, on the fiber carrier. */
    @Nullable
    Object continuation;

    /** Platform carrier: set by whoever hands control over. */
    volatile boolean baton;

    /** Platform carrier: the interrupt status while the thread stands aside, since a set one would keep it from parking. */
    boolean interruptedAside;

    boolean aside;

    ManagedThread(int id) {
        this.id = id;
    }

    void reset(Thread newThread) {
        thread = newThread;
        state = State.RUNNABLE;
        enabled = false;
        begun = false;
        yielded = false;
        lastStep = 0;
        enabledSince = 0;
        lastGaveWay = 0;
        timesGivenWay = 0;
        fairSince = 0;
        permit = false;
        aborted = false;
        deadline = NO_DEADLINE;
        pending = 0;
        pendingWrites = false;
        beforeMonitor = false;
        lock = null;
        savedCount = 0;
        blocker = null;
        joined = null;
        initDepth = 0;
        operations = 0;
        pointsInARow = 0;
        readsInARow = 0;
        spins = 0;
        spuriousWaits = 0;
        site = 0;
        throwsWhileAborting = 0;
        clock.begin(id);
        swaps.clear();
        optimisticLock = null;
        optimisticReads.clear();
        children = 0;
        enablers = 0;
        permitCell = 0;
        interruptCell = 0;
        endCell = 0;
        continuation = null;
        baton = false;
        interruptedAside = false;
        aside = false;
    }

    /** Forgets what belongs to an execution, so that nothing of it is kept alive. */
    void release() {
        thread = null;
        lock = null;
        blocker = null;
        joined = null;
        swaps.clear();
        optimisticLock = null;
        optimisticReads.clear();
        continuation = null;
    }

    Thread thread() {
        Thread result = thread;
        if (result == null) {
            throw new IllegalStateException("thread " + id + " does not take part in this execution");
        }
        return result;
    }

    /** Returns what reports call the thread: by its number when the program has given it no name, as virtual threads have none. */
    String name() {
        Thread result = thread;
        String own = result == null ? "" : result.getName();
        if (!own.isBlank()) {
            return own;
        }
        return (result != null && JdkInternals.isVirtual(result) ? "virtual thread " : "thread ") + id;
    }
}
