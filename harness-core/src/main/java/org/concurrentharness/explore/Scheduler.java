package org.concurrentharness.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.concurrentharness.agent.Backing;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.probe.Probe;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/**
 * Decides, at every scheduling point, which managed thread runs on. One for a campaign; one managed thread, or the campaign's
 * own thread between executions, calls it at a time, so that there are no locks here but for the {@link Inbox}.
 */
final class Scheduler {
    /** How often time may still jump when the body has ended and other threads have not. */
    private static final int JUMPS_AFTER_BODY = 32;

    /** How long daemons may go on when only they are left: what they have begun they may end, but none runs for ever. */
    private static final int STEPS_OF_DAEMONS = 500;

    /**
     * How often time may jump while only JDK code runs: to wait for ever is, for some of it ({@code ExecutorService.close}), to
     * wait for a day again and again.
     */
    private static final int IDLE_JUMPS = 1_000;

    /** Points that one thread may pass in a row while others could run: no program loops for ever at others' cost. */
    private static final int MAX_IN_A_ROW = 500;

    /** Points in a row that change nothing: a loop that waits for another thread. */
    private static final int MAX_READS_IN_A_ROW = 64;

    /** How many of a thread's waits may end without a reason, where that is asked for: a test must end. */
    private static final int SPURIOUS_WAITS = 3;

    /** Loop iterations without a point. */
    private static final int FUEL = 10_000;

    /**
     * So many times the fuel that is used up in a row, with no other step in between, each time costs one step more: a loop that
     * never ends is seen to do so in less than a second, and one that is just long has time enough.
     */
    private static final int LOOPS_UNTIL_DEARER = 500;

    /** A power of two. */
    private static final int PLAIN_CLASSES = 64;

    private static final int POINTS_WHILE_ABORTING = 10_000;
    private static final int THROWS_WHILE_ABORTING = 1_000;

    final ThreadTable threads = new ThreadTable();
    private final EngineHashes hashes = new EngineHashes(this);
    final ShadowTable shadows = new ShadowTable(hashes);
    final RaceDetector races = new RaceDetector(this, hashes);
    final Footprints footprints = new Footprints(shadows);
    final Synchronization synchronization = new Synchronization(this);
    final VirtualClock clock = new VirtualClock();
    final Inbox inbox = new Inbox();
    final Choices choices;
    final Options options;
    private final boolean anyTime;
    private final int maxSteps;
    private final Carrier carrier;
    private @Nullable Recorder recorder;

    /** By site: a class met there whose objects stand for themselves. */
    private final @Nullable Class<?>[] plainClasses = new Class<?>[PLAIN_CLASSES];

    private ManagedThread running;
    private int steps;
    private long traceHash;
    private long footprintHash;
    private boolean aborting;
    private boolean bodyEnded;
    private int jumpsAfterBody;

    /** Jumps since campaign code did something. */
    private int idleJumps;

    /** How often the fuel was used up in a row. */
    private int loopsInARow;

    private boolean looping;
    private int stepsAfterBody;
    private int pointsWhileAborting;
    private @Nullable Outcome outcome;
    private List<String> leaked = List.of();
    private @Nullable Object returned;
    private @Nullable String result;

    /** Counts everything that happens, over all executions; the watchdog looks at it. Racy on purpose: only change matters. */
    private long progress;

    /** Creates the scheduler of a campaign on the campaign's own thread. */
    Scheduler(Options options, CarrierKind kind) {
        this.options = options;
        this.anyTime = options.timeouts() == Timeouts.ANY_TIME;
        this.maxSteps = options.maxSteps();
        this.choices = new Choices(threads, options.preemptions());
        this.running = new ManagedThread(0);
        this.carrier = kind == CarrierKind.FIBERS ? new FiberCarrier(this::threadMain) : new PlatformCarrier();
    }

    Carrier carrier() {
        return carrier;
    }

    // ---- an execution ---------------------------------------------------------------------------------------------

    /** Runs one execution from its first thread to the end of its last one. */
    void execute(
            Strategy strategy,
            RacyPoints points,
            boolean logCandidates,
            @Nullable Recorder newRecorder,
            long seed,
            Program.Body body) {
        threads.clear();
        shadows.clear();
        races.begin(points);
        hashes.begin(seed);
        clock.reset();
        choices.begin(strategy, logCandidates);
        recorder = newRecorder;
        steps = 0;
        traceHash = 0;
        footprintHash = 0;
        aborting = false;
        bodyEnded = false;
        jumpsAfterBody = 0;
        idleJumps = 0;
        loopsInARow = 0;
        looping = false;
        stepsAfterBody = 0;
        pointsWhileAborting = 0;
        outcome = null;
        leaked = List.of();
        returned = null;
        result = null;
        progress++;
        JdkInternals.resetRandom(seed);
        ManagedThread main = threads.add(carrier.mainThread());
        threads.enable(main);
        running = main;
        footprints.begin(strategy instanceof Exhaustive);
        if (footprints.on) {
            footprints.added(main, null);
            choices.only(main);
            footprints.step(main);
        }
        inbox.open();
        Probe.fuel = FUEL;
        Probe.recording = newRecorder != null;
        try {
            carrier.run(main, () -> {
                // as late as can be: what the engine itself does draws from them too
                carrier.seedRandom(main, seed);
                HashCodes.reset(carrier.real(), seed);
                runBody(main, body);
                bodyEnded = true;
                ended(main);
            });
        } finally {
            if (!carrier.closed()) {
                Probe.recording = false;
                Probe.fuel = Integer.MAX_VALUE;
            }
            inbox.close();
        }
        if (newRecorder != null) {
            newRecorder.finish();
        }
        recorder = null;
    }

    private void runBody(ManagedThread main, Program.Body body) {
        try {
            returned = body.run();
        } catch (AbortExecution e) {
            // the execution is over, and this thread is unwound
        } catch (Throwable e) {
            failed(Outcome.thrown(main, e));
        }
    }

    /** What a started managed thread runs on the fiber carrier. */
    void threadMain(ManagedThread thread) {
        try {
            if (!aborting) {
                Runnable code = thread.thread(); // here a thread is what it runs
                code.run();
            }
        } catch (AbortExecution e) {
            // the execution is over, and this thread is unwound
        } catch (Throwable e) {
            dispatch(thread, e);
        }
        try {
            JdkInternals.exit(thread.thread());
        } catch (AbortExecution e) {
            // unwound in what the JDK does last
        } catch (Throwable e) {
            failed(Outcome.thrown(thread, e));
        }
        ended(thread);
    }

    private void dispatch(ManagedThread thread, Throwable thrown) {
        try {
            JdkInternals.dispatchUncaught(thread.thread(), thrown);
        } catch (AbortExecution e) {
            // unwound in the handler
        } catch (Throwable e) {
            // the JVM ignores what a handler throws
        }
    }

    /** A managed thread has ended; called on it, last. */
    void ended(ManagedThread me) {
        progress++;
        Recorder record = recorder;
        if (record != null) {
            record.ended(me);
        }
        synchronization.settle(me);
        if (footprints.on) {
            footprints.end(me, true);
        }
        me.state = ManagedThread.State.TERMINATED;
        threads.disable(me);
        for (int i = 0; i < threads.size(); i++) {
            ManagedThread other = threads.get(i);
            if (other.state == ManagedThread.State.JOINING && other.joined == me) {
                wake(other);
            }
        }
        threads.step(me);
        ManagedThread next = aborting ? nextToUnwind() : nextAfter(me);
        if (next != null) {
            running = next;
        }
        carrier.exit(me, next);
    }

    // ---- points -----------------------------------------------------------------------------------------------------

    ManagedThread running() {
        return running;
    }

    boolean aborting() {
        return aborting;
    }

    int steps() {
        return steps;
    }

    long traceHash() {
        return traceHash;
    }

    long footprintHash() {
        return footprintHash;
    }

    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** Returns what the body returned, as text. */
    @Nullable
    String result() {
        return result;
    }

    /** Writes down what the body returned, after the execution; what is thrown then fails the execution that has been. */
    void writeDown() {
        Object object = returned;
        returned = null;
        if (object == null) {
            return;
        }
        try {
            String text = object.toString();
            result = text == null ? "null" : text;
        } catch (Throwable e) {
            if (outcome == null) {
                outcome = Outcome.thrown(threads.get(0), e);
            }
        }
    }

    /** Returns the threads that outlived the body, one line each. */
    List<String> leaked() {
        return leaked;
    }

    long progress() {
        return progress;
    }

    @Nullable
    Recorder recorder() {
        return recorder;
    }

    /** A scheduling point before an operation on {@code object} or one of its fields. */
    void point(@Nullable Object object, int location, int site, boolean write) {
        ManagedThread me = running;
        if (aborting) {
            pointWhileAborting(me);
            return;
        }
        me.site = site;
        if (me.initDepth > 0) {
            return;
        }
        step(me, site);
        if (write) {
            me.readsInARow = 0;
        } else if (++me.readsInARow > MAX_READS_IN_A_ROW) {
            me.readsInARow = 0;
            threads.giveWay(me);
        }
        Shadow shadow = shadow(object, location);
        me.pending = shadow == null ? 0 : shadow.number;
        me.pendingWrites = write;
        if (footprints.on && shadow != null) {
            footprints.announce(shadow);
        }
        switchAt(me);
        operation(me, shadow, object, site, write);
    }

    /** Returns the shadow of what an operation touches, null for nothing. */
    private @Nullable Shadow shadow(@Nullable Object object, int location) {
        if (object == null && location == 0) {
            return null;
        }
        // an iterator's step is one of its collection, a read lock's one of the whole lock
        return shadows.of(object != null && location == 0 ? backing(object) : object, location);
    }

    private Object backing(Object object) {
        Class<?> type = object.getClass();
        int slot = running.site & PLAIN_CLASSES - 1;
        if (plainClasses[slot] == type) {
            return object;
        }
        if (Backing.has(type)) {
            return Backing.of(object);
        }
        plainClasses[slot] = type;
        return object;
    }

    /** Counts an operation at which there is nothing to decide, or after the decision. */
    private void operation(
            ManagedThread me, @Nullable Shadow shadow, @Nullable Object object, int site, boolean write) {
        if (shadow == null) {
            record(me, site, object);
            return;
        }
        order(me, shadow, write);
        if (footprints.on) {
            footprints.touch(shadow, write);
        }
        record(me, site, object);
        synchronization.synchronize(me, shadow, site);
    }

    /** Counts an operation among those on what {@code shadow} stands for. */
    void order(ManagedThread me, Shadow shadow, boolean write) {
        long operation = Shadow.mix(((long) me.id << 32) + ++me.operations);
        footprintHash += shadow.operation(operation, write);
    }

    /**
     * Arrives at a point before a monitor; what follows is for the caller to do. Returns false when there is nothing to decide,
     * since the execution is over or an initialiser runs.
     */
    boolean arrive(ManagedThread me, Shadow monitor, int site) {
        if (aborting) {
            pointWhileAborting(me);
            return false;
        }
        me.site = site;
        if (me.initDepth > 0) {
            return false;
        }
        step(me, site);
        me.readsInARow = 0;
        me.pending = monitor.number;
        me.pendingWrites = true;
        if (footprints.on) {
            footprints.announceMonitor(monitor);
        }
        return true;
    }

    void record(ManagedThread me, int site, @Nullable Object object) {
        Recorder record = recorder;
        if (record != null) {
            record.operation(me, site, object);
        }
    }

    /** A point before a thread sleeps: there is nothing to decide, since it does not go on at once. */
    void sleepPoint(int site) {
        ManagedThread me = running;
        me.site = site;
        step(me, site);
        record(me, site, null);
    }

    /**
     * A point before a thread joins another. There is something to decide only when that one has ended; else the thread waits for
     * it, and does not go on at once.
     */
    void joinPoint(Thread thread, @Nullable ManagedThread other, int site) {
        ManagedThread me = running;
        me.site = site;
        step(me, site);
        me.pending = 0;
        if (other != null && other.state == ManagedThread.State.TERMINATED) {
            switchAt(me);
        }
        record(me, site, thread);
    }

    /** A point before a task that an executor is about to run. */
    void task() {
        idleJumps = 0;
        point(null, 0, 0, true);
    }

    private void step(ManagedThread me, int site) {
        progress++;
        if (site != 0) {
            idleJumps = 0;
        }
        Recorder record = recorder;
        if (record != null) {
            record.flush(me);
        }
        traceHash = (traceHash ^ Sites.hash(site) + me.id * 0x9E3779B97F4A7C15L) * 0xD1342543DE82EF95L;
        traceHash ^= traceHash >>> 29;
        Probe.fuel = FUEL;
        if (!looping) {
            loopsInARow = 0;
        }
        looping = false;
        if (++steps > maxSteps) {
            stepBound(me);
        }
        if (bodyEnded && ++stepsAfterBody % STEPS_OF_DAEMONS == 0 && onlyDaemonsLeft()) {
            finish(me);
            unwind(me);
        }
        threads.step(me);
        if (inbox.filled()) {
            empty();
        }
    }

    /** Lets the strategy decide who goes on; returns when it is {@code me} again. */
    void switchAt(ManagedThread me) {
        if (threads.enabledCount() > 1) {
            if (++me.pointsInARow > MAX_IN_A_ROW) {
                threads.giveWay(me);
            }
            ManagedThread next = choices.next(me, steps);
            if (footprints.on) {
                beginStep(me, next);
            }
            if (next != me) {
                Recorder record = recorder;
                if (record != null && !me.yielded) {
                    record.preempted(me);
                }
                switchTo(me, next);
            }
        } else {
            choices.passes(me);
            if (footprints.on) {
                choices.only(me);
                beginStep(me, me);
            }
        }
    }

    private void beginStep(ManagedThread me, ManagedThread next) {
        if (choices.redundant()) {
            leave();
            unwind(me);
        }
        footprints.step(next);
    }

    /** Nothing of the execution is of interest any more. */
    private void leave() {
        aborting = true;
        footprints.on = false;
    }

    /** A point at which the thread lets others go first. */
    void giveWay(int site) {
        ManagedThread me = running;
        if (aborting) {
            pointWhileAborting(me);
            return;
        }
        if (me.initDepth > 0) {
            return;
        }
        me.site = site;
        step(me, site);
        me.pending = 0;
        threads.giveWay(me);
        switchAt(me);
        Recorder record = recorder;
        if (record != null) {
            record.operation(me, site, null);
        }
    }

    private void switchTo(ManagedThread me, ManagedThread next) {
        me.pointsInARow = 0;
        me.readsInARow = 0;
        running = next;
        if (!carrier.switchTo(me, next)) {
            running = me; // pinned: it goes on, and others have to wait
            footprints.disturb();
            return;
        }
        if (aborting) {
            unwind(me);
        }
    }

    // ---- waiting ----------------------------------------------------------------------------------------------------

    /**
     * Takes the thread that runs off the processor until it is enabled again. The caller has set what it waits for and its
     * deadline, and looks afterwards why it goes on.
     */
    void await(ManagedThread me, ManagedThread.State state) {
        if (aborting) {
            me.state = ManagedThread.State.RUNNABLE;
            throwAbort(me);
        }
        me.state = state;
        me.pending = me.lock == null ? 0 : me.lock.number; // it goes on by taking a monitor, or by what nobody knows
        me.pendingWrites = true;
        if (me.initDepth > 0) {
            failAndUnwind(me, Messages.blocksInInitialiser(me, state));
        }
        Recorder record = recorder;
        if (record != null) {
            record.blocked(me);
        }
        boolean mayTimeOut = anyTime && me.deadline != ManagedThread.NO_DEADLINE;
        boolean mayWakeUp = state == ManagedThread.State.WAITING
                && options.spuriousWakeups()
                && ++me.spuriousWaits <= SPURIOUS_WAITS;
        if (!mayTimeOut && !mayWakeUp) {
            threads.disable(me);
        }
        progress++;
        threads.step(me);
        ManagedThread next = nextAfter(me);
        if (next == null) {
            unwind(me);
            return;
        }
        if (next != me) {
            running = next;
            me.pointsInARow = 0;
            if (!carrier.switchTo(me, next)) {
                running = me;
                failAndUnwind(me, Messages.pinned(me, state));
            }
        }
        if (aborting) {
            unwind(me);
        }
        if (me.state != ManagedThread.State.RUNNABLE && me.deadline != ManagedThread.NO_DEADLINE) {
            clock.advanceTo(me.deadline); // chosen while it waited: the timeout fires
            if (footprints.on) {
                footprints.clock(true);
                if (state == ManagedThread.State.PARKED) {
                    footprints.permit(me);
                }
            }
        }
        me.deadline = ManagedThread.NO_DEADLINE;
        me.state = ManagedThread.State.RUNNABLE;
    }

    /** Ends a thread's wait because of what the running thread does. */
    void wake(ManagedThread thread) {
        if (footprints.on && thread.state != ManagedThread.State.BLOCKED) {
            footprints.enables(thread);
        }
        thread.state = ManagedThread.State.RUNNABLE;
        threads.enable(thread);
    }

    /** Returns who runs when {@code me} cannot, or null when the execution is over; then {@link #aborting} is set. */
    private @Nullable ManagedThread nextAfter(ManagedThread me) {
        while (true) {
            if (inbox.filled()) {
                empty();
            }
            if (options.spuriousWakeups()) {
                disableSpurious();
            }
            boolean daemonsOnly = bodyEnded && onlyDaemonsLeft();
            if (threads.enabledCount() > 0 && !(daemonsOnly && stepsAfterBody > STEPS_OF_DAEMONS)) {
                ManagedThread next = choices.next(me, steps);
                if (footprints.on) {
                    if (choices.redundant()) {
                        leave();
                        return me.state == ManagedThread.State.TERMINATED ? nextToUnwind() : null;
                    }
                    footprints.step(next);
                }
                return next;
            }
            if (daemonsOnly) {
                return finish(me);
            }
            if (!jump() && (Deadlocks.hasCycle(this) || !waitForOutside())) {
                if (!bodyEnded) {
                    describe(true);
                }
                return finish(me);
            }
        }
    }

    /** A spurious wake-up may happen but need not: it does not save a program from a deadlock. */
    private void disableSpurious() {
        for (int i = 0; i < threads.enabledCount(); i++) {
            ManagedThread thread = threads.enabled()[i];
            if (thread.state != ManagedThread.State.WAITING || thread.deadline != ManagedThread.NO_DEADLINE) {
                return;
            }
        }
        while (threads.enabledCount() > 0) {
            threads.disable(threads.enabled()[0]);
        }
    }

    private boolean onlyDaemonsLeft() {
        for (int i = 0; i < threads.size(); i++) {
            ManagedThread thread = threads.get(i);
            if (thread.state != ManagedThread.State.TERMINATED
                    && !thread.thread().isDaemon()) {
                return false;
            }
        }
        return true;
    }

    /** Lets time jump to the earliest deadline; false when nobody waits for one. */
    private boolean jump() {
        if (bodyEnded && ++jumpsAfterBody > JUMPS_AFTER_BODY) {
            return false;
        }
        if (++idleJumps > IDLE_JUMPS) {
            return false;
        }
        ManagedThread earliest = null;
        for (int i = 0; i < threads.size(); i++) {
            ManagedThread thread = threads.get(i);
            if (thread.deadline != ManagedThread.NO_DEADLINE
                    && (earliest == null || thread.deadline < earliest.deadline)) {
                earliest = thread;
            }
        }
        if (earliest == null) {
            return false;
        }
        clock.advanceTo(earliest.deadline);
        if (footprints.on) {
            footprints.enabledByTime(earliest);
        }
        threads.enable(earliest); // its state still says that it waits: it sees its timeout
        return true;
    }

    private boolean waitForOutside() {
        Thread real = carrier.real();
        @Nullable ProbeListener engine = Uncontrolled.begin(); // the engine's own waiting is real
        try {
            return inbox.await(real);
        } finally {
            Uncontrolled.end(engine);
        }
    }

    private void empty() {
        ArrayDeque<Inbox.Message> messages = inbox.take();
        footprints.disturb();
        for (Inbox.Message message : messages) {
            synchronization.fromOutside(message.target());
            switch (message.kind()) {
                case NOTIFY -> Monitors.signalFromOutside(this, message.target(), false);
                case NOTIFY_ALL -> Monitors.signalFromOutside(this, message.target(), true);
                case UNPARK -> {
                    ManagedThread thread = threads.find((Thread) message.target());
                    if (thread != null) {
                        unpark(thread);
                    }
                }
                case INTERRUPT -> {
                    ManagedThread thread = threads.find((Thread) message.target());
                    if (thread != null) {
                        interrupt(thread);
                    }
                }
            }
        }
    }

    void unpark(ManagedThread thread) {
        if (footprints.on) {
            footprints.permit(thread);
        }
        if (thread.state == ManagedThread.State.PARKED) {
            wake(thread);
        } else {
            thread.permit = true;
        }
    }

    void interrupt(ManagedThread thread) {
        if (footprints.on) {
            footprints.interrupt(thread, true);
        }
        if (thread.state == ManagedThread.State.TERMINATED) {
            return;
        }
        carrier.setInterrupted(thread, true);
        if (Thread.currentThread() == Probe.current) {
            running.clock.interrupt(thread.clock);
        }
        switch (thread.state) {
            case PARKED, SLEEPING, JOINING -> wake(thread);
            case WAITING -> Monitors.leaveWaitSet(this, thread);
            default -> {
                // it finds the status when it next looks
            }
        }
    }

    /** Returns the clock, which the running thread looks at. */
    VirtualClock look() {
        if (footprints.on) {
            footprints.clock(false);
        }
        return clock;
    }

    /** Returns a thread's interrupt status, which the running thread looks at. */
    boolean isInterrupted(ManagedThread thread) {
        if (footprints.on) {
            footprints.interrupt(thread, false);
        }
        return carrier.isInterrupted(thread);
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    /** Notes a failure and ends the execution; the first one counts. */
    void failed(Outcome failure) {
        if (outcome == null && !aborting) {
            outcome = failure;
        }
        leave();
    }

    private void failAndUnwind(ManagedThread me, Outcome failure) {
        failed(failure);
        unwind(me);
    }

    /** Ends the execution now, from the thread that runs. */
    void stop(Outcome failure) {
        failAndUnwind(running, failure);
    }

    private void stepBound(ManagedThread me) {
        Outcome bound;
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            bound = Messages.stepBound(this, maxSteps);
        } finally {
            Uncontrolled.end(engine);
        }
        failAndUnwind(me, bound);
    }

    /** Lets go of the program's objects, at the end of the campaign. */
    void release() {
        threads.clear();
        shadows.release();
        races.release();
        outcome = null;
        returned = null;
        result = null;
        running = new ManagedThread(0);
    }

    private @Nullable ManagedThread finish(ManagedThread me) {
        if (!aborting) {
            describe(false);
            leave();
        }
        if (me.state != ManagedThread.State.TERMINATED) {
            return null;
        }
        return nextToUnwind();
    }

    /** Describes why nothing can run, with the engine off: texts are made by JDK code that is hooked. */
    private void describe(boolean bodyWaits) {
        Recorder record = recorder;
        if (record != null) {
            Monitors.recordWaiting(this, record);
        }
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            if (bodyWaits) {
                failed(Deadlocks.describe(this));
                return;
            }
            Outcome deadlock = Deadlocks.amongLeaked(this);
            leaked = leakedThreads();
            if (deadlock != null) {
                failed(deadlock);
            } else if (!leaked.isEmpty() && options.leakedThreads() == LeakedThreads.FAIL) {
                failed(Messages.leaked(leaked));
            }
        } finally {
            Uncontrolled.end(engine);
        }
    }

    private List<String> leakedThreads() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < threads.size(); i++) {
            ManagedThread thread = threads.get(i);
            if (thread.state != ManagedThread.State.TERMINATED
                    && !thread.thread().isDaemon()) {
                lines.add(Deadlocks.line(this, thread));
            }
        }
        return lines;
    }

    private @Nullable ManagedThread nextToUnwind() {
        for (int i = 0; i < threads.size(); i++) {
            ManagedThread thread = threads.get(i);
            if (thread.state == ManagedThread.State.TERMINATED) {
                continue;
            }
            if (!thread.begun && thread.continuation != null) {
                thread.state = ManagedThread.State.TERMINATED; // a fiber that never ran has nothing to unwind
                continue;
            }
            return thread;
        }
        return null;
    }

    /** Called on a thread that goes on although the execution is over. */
    private void unwind(ManagedThread me) {
        me.state = ManagedThread.State.RUNNABLE;
        me.initDepth = 0;
        throwAbort(me);
    }

    void throwAbort(ManagedThread me) {
        progress++;
        if (++me.throwsWhileAborting > THROWS_WHILE_ABORTING && me.id != 0) {
            abandon(me);
        }
        me.aborted = true;
        throw AbortExecution.INSTANCE;
    }

    /** While it is unwound a thread runs its finally blocks undisturbed, unless they do not end. */
    void pointWhileAborting(ManagedThread me) {
        if (!me.aborted || ++pointsWhileAborting > POINTS_WHILE_ABORTING) {
            throwAbort(me);
        }
    }

    private void abandon(ManagedThread me) {
        me.state = ManagedThread.State.TERMINATED;
        threads.disable(me);
        ManagedThread next = nextToUnwind();
        if (next != null) {
            running = next;
        }
        carrier.abandon(me, next);
    }

    /** Called on a new platform thread before it runs; returns when it may. */
    void begin(ManagedThread thread) {
        carrier.begin(thread);
        if (aborting) {
            throwAbort(thread);
        }
    }

    void outOfFuel() {
        Probe.fuel = FUEL;
        steps += ++loopsInARow / LOOPS_UNTIL_DEARER;
        looping = true; // the step that follows is the loop's own
        giveWay(0);
    }
}
