package org.concurrentharness.explore;

import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Runs managed threads as the platform threads that they are; the one that has the baton runs, all others are parked.
 *
 * <p>The volatile {@code baton} is the happens-before edge of the hand-over.
 * The campaign's own thread is managed thread 0.
 */
final class PlatformCarrier implements Carrier {
    private final Thread control = Thread.currentThread();
    private volatile boolean done;
    private volatile boolean closed;
    private @Nullable Thread running;

    /** The sequence of identity hash codes while control changes hands. */
    private final int[] hashCodes = new int[HashCodes.WORDS];

    @Override
    public void seedRandom(ManagedThread running, long seed) {
        JdkInternals.seedRandom(running.thread(), seed);
    }

    @Override
    public String name() {
        return "threads";
    }

    @Override
    public Thread mainThread() {
        return control;
    }

    @Override
    public void run(ManagedThread main, Runnable body) {
        done = false;
        String name = control.getName();
        control.setName("main");
        JdkInternals.forgetLocals(control); // what the engine itself did on it must not show
        JdkInternals.daemon(control, false); // what the program's threads inherit
        main.begun = true;
        running = control;
        Probe.current = control;
        body.run();
        // whoever ends the execution sets done; Probe.current is somebody else's or null by now
        while (!done) {
            RealPark.park(0);
            Thread.interrupted(); // a set status would keep the thread from parking; it is cleared below anyway
        }
        running = null;
        JdkInternals.interrupted(control, false);
        JdkInternals.forgetLocals(control);
        JdkInternals.daemon(control, true);
        control.setName(name);
    }

    @Override
    public boolean start(ManagedThread thread) {
        return false;
    }

    @Override
    public void begin(ManagedThread thread) {
        await(thread);
    }

    @Override
    public boolean switchTo(ManagedThread from, ManagedThread to) {
        from.interruptedAside = JdkInternals.interrupted(from.thread());
        from.aside = true;
        JdkInternals.interrupted(from.thread(), false);
        give(to);
        await(from);
        return true;
    }

    private void give(ManagedThread to) {
        if (closed) {
            return; // given up while it blocked: Probe.current is another campaign's by now
        }
        Thread receiver = to.thread();
        HashCodes.save(Thread.currentThread(), hashCodes);
        running = receiver;
        Probe.current = receiver;
        to.baton = true;
        RealPark.unpark(receiver);
    }

    private void await(ManagedThread self) {
        while (!self.baton) {
            RealPark.park(0);
        }
        self.baton = false;
        self.begun = true;
        HashCodes.restore(self.thread(), hashCodes);
        if (self.aside) {
            self.aside = false;
            JdkInternals.interrupted(self.thread(), self.interruptedAside);
        }
    }

    @Override
    public void exit(ManagedThread from, @Nullable ManagedThread to) {
        if (to != null) {
            give(to);
        } else {
            running = null;
            if (!closed) {
                Probe.current = null;
            }
            done = true;
            RealPark.unpark(control);
        }
    }

    @Override
    public void abandon(ManagedThread from, @Nullable ManagedThread to) {
        exit(from, to);
        if (from.thread() == control) {
            return;
        }
        while (true) {
            RealPark.park(0);
        }
    }

    @Override
    public boolean isInterrupted(ManagedThread thread) {
        return thread.aside ? thread.interruptedAside : JdkInternals.interrupted(thread.thread());
    }

    @Override
    public void setInterrupted(ManagedThread thread, boolean interrupted) {
        if (thread.aside) {
            thread.interruptedAside = interrupted;
        } else {
            JdkInternals.interrupted(thread.thread(), interrupted);
        }
    }

    @Override
    public Thread real() {
        Thread result = running;
        return result == null ? control : result;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean closed() {
        return closed;
    }
}
