package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import org.concurrentharness.agent.CurrentThreadSwitch;
import org.concurrentharness.agent.FiberSwitch;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Runs managed threads as continuations on one thread, with the program's own {@code Thread} object as the current thread.
 *
 * <p>Nothing here asks for the current thread around a switch: the frame that switches would see a stale one.
 */
@SuppressWarnings("NullAway") // the handles are there wherever a carrier can be made: see whyNot
final class FiberCarrier implements Carrier {
    private static final @Nullable MethodHandle SET_CURRENT;
    private static final @Nullable MethodHandle NEW;
    private static final @Nullable MethodHandle RUN;
    private static final @Nullable MethodHandle YIELD;
    private static final String WHY_NOT;

    static {
        MethodHandle setCurrent = null;
        MethodHandle create = null;
        MethodHandle run = null;
        MethodHandle yield = null;
        String whyNot = "";
        try {
            if (Runtime.version().feature() < 21) {
                throw new UnsupportedOperationException("this JDK has no continuations");
            }
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> support = Class.forName("jdk.internal.vm.ContinuationSupport");
            if (!(boolean) lookup.findStatic(support, "isSupported", MethodType.methodType(boolean.class))
                    .invoke()) {
                throw new UnsupportedOperationException("this JVM does not support continuations");
            }
            Class<?> scopeClass = Class.forName("jdk.internal.vm.ContinuationScope");
            Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
            Object scope = lookup.findConstructor(scopeClass, MethodType.methodType(void.class, String.class))
                    .invoke("concurrent-harness");
            create = lookup.findConstructor(continuation, MethodType.methodType(void.class, scopeClass, Runnable.class))
                    .bindTo(scope)
                    .asType(MethodType.methodType(Object.class, Runnable.class));
            try {
                MethodHandles.Lookup direct = FiberSwitch.define();
                run = FiberSwitch.resume(direct);
                yield = FiberSwitch.suspend(direct);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                org.slf4j.LoggerFactory.getLogger(FiberCarrier.class)
                        .debug("continuations of this JVM are run the slower way", e);
                run = lookup.findVirtual(continuation, "run", MethodType.methodType(void.class))
                        .asType(MethodType.methodType(void.class, Object.class));
                yield = lookup.findStatic(continuation, "yield", MethodType.methodType(boolean.class, scopeClass))
                        .bindTo(scope);
            }
            setCurrent = CurrentThreadSwitch.define();
        } catch (Throwable e) {
            whyNot = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        SET_CURRENT = setCurrent;
        NEW = create;
        RUN = run;
        YIELD = yield;
        WHY_NOT = whyNot;
    }

    private final Consumer<ManagedThread> threadMain;
    private final Thread carrier;
    private @Nullable ManagedThread next;
    private volatile boolean closed;

    /** Creates a carrier that runs on the calling thread. */
    FiberCarrier(Consumer<ManagedThread> threadMain) {
        this.threadMain = threadMain;
        this.carrier = Thread.currentThread();
        warmUp();
    }

    /** Lets the JDK initialise what a continuation needs, before that would happen in the name of a managed thread. */
    private static void warmUp() {
        Object continuation = create(() -> {
            try {
                boolean ignored = (boolean) YIELD.invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException("a continuation cannot yield", e);
            }
        });
        try {
            RUN.invokeExact(continuation);
            RUN.invokeExact(continuation);
        } catch (Throwable e) {
            throw new IllegalStateException("a continuation cannot run", e);
        }
    }

    /** Returns why this JVM cannot run fibers, or an empty text. */
    static String whyNot() {
        return SET_CURRENT == null && WHY_NOT.isEmpty() ? "this JVM does not support continuations" : WHY_NOT;
    }

    @Override
    public void seedRandom(ManagedThread running, long seed) {
        JdkInternals.seedRandom(running.thread(), seed);
        JdkInternals.copyProbe(running.thread(), carrier);
    }

    @Override
    public String name() {
        return "fibers";
    }

    @Override
    public Thread mainThread() {
        Thread main = new Thread(null, null, "main");
        JdkInternals.tid(main, Pools.newThreadIds());
        main.setDaemon(false); // what the program's threads inherit
        return main;
    }

    @Override
    public void run(ManagedThread main, Runnable body) {
        main.continuation = create(body);
        main.begun = true;
        loop(main);
    }

    private void loop(ManagedThread first) {
        Thread self = carrier;
        ManagedThread thread = first;
        try {
            // between two fibers the one that ran last stays the current thread: nobody asks
            while (thread != null) {
                next = null;
                Thread identity = thread.thread();
                Object continuation = thread.continuation;
                Probe.current = identity;
                JdkInternals.copyProbe(identity, self); // the JDK looks for it in the carrier thread
                SET_CURRENT.invokeExact(self, identity);
                RUN.invokeExact(continuation);
                JdkInternals.copyProbe(self, identity);
                if (closed) {
                    break; // given up while it blocked: Probe.current is another campaign's by now
                }
                Probe.current = null;
                thread = next;
            }
            SET_CURRENT.invokeExact(self, self);
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "a fiber ended by an exception, which its main method should have caught", e);
        }
    }

    private static Object create(Runnable body) {
        try {
            return (Object) NEW.invokeExact(body);
        } catch (Throwable e) {
            throw new IllegalStateException("no fiber could be made", e);
        }
    }

    @Override
    public boolean start(ManagedThread thread) {
        Thread started = thread.thread();
        if (JdkInternals.status(started) != 0) {
            throw new IllegalThreadStateException();
        }
        JdkInternals.status(started, 0x0005); // alive and runnable
        thread.continuation = create(new Main(threadMain, thread));
        return true;
    }

    @Override
    public boolean switchTo(ManagedThread from, ManagedThread to) {
        to.begun = true;
        next = to;
        try {
            if ((boolean) YIELD.invokeExact()) {
                return true;
            }
        } catch (IllegalStateException pinned) {
            next = null;
            return false;
        } catch (Throwable e) {
            throw new IllegalStateException("a continuation's yield throws nothing else", e);
        }
        next = null;
        return false;
    }

    @Override
    public void exit(ManagedThread from, @Nullable ManagedThread to) {
        if (to != null) {
            to.begun = true;
        }
        JdkInternals.status(from.thread(), 0x0002); // terminated
        next = to;
    }

    @Override
    public void abandon(ManagedThread from, @Nullable ManagedThread to) {
        exit(from, to);
        try {
            boolean ignored = (boolean) YIELD.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("thread " + from.name() + " can neither be unwound nor left", e);
        }
    }

    /** What a fiber runs. A class and not a lambda: that would be linked on a managed thread. */
    private static final class Main implements Runnable {
        private final Consumer<ManagedThread> threadMain;
        private final ManagedThread thread;

        Main(Consumer<ManagedThread> threadMain, ManagedThread thread) {
            this.threadMain = threadMain;
            this.thread = thread;
        }

        @Override
        public void run() {
            threadMain.accept(thread);
        }
    }

    @Override
    public void begin(ManagedThread thread) {
        // a fiber begins when it is first switched to
    }

    @Override
    public boolean isInterrupted(ManagedThread thread) {
        return JdkInternals.interrupted(thread.thread());
    }

    @Override
    public void setInterrupted(ManagedThread thread, boolean interrupted) {
        JdkInternals.interrupted(thread.thread(), interrupted);
    }

    @Override
    public Thread real() {
        return carrier;
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
