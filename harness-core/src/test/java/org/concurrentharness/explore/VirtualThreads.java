package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Virtual threads as code that is compiled for JDK 17 reaches them: by method handles. Runs inside campaigns. */
public final class VirtualThreads {
    private static final MethodHandle START;
    private static final MethodHandle EXECUTOR;
    private static final MethodHandle PER_TASK;
    private static final MethodHandle IS_VIRTUAL;
    private static final MethodHandle CLOSE;
    private static final MethodHandle SLEEP;
    private static final MethodHandle JOIN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            START = lookup.findStatic(
                    Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
            EXECUTOR = lookup.findStatic(
                    Executors.class, "newVirtualThreadPerTaskExecutor", MethodType.methodType(ExecutorService.class));
            PER_TASK = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            IS_VIRTUAL = lookup.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
            CLOSE = lookup.findVirtual(ExecutorService.class, "close", MethodType.methodType(void.class));
            SLEEP = lookup.findStatic(Thread.class, "sleep", MethodType.methodType(void.class, Duration.class));
            JOIN = lookup.findVirtual(Thread.class, "join", MethodType.methodType(boolean.class, Duration.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private VirtualThreads() {}

    public static Thread start(Tasks.Task task) throws Exception {
        return (Thread) call(() -> START.invoke(Tasks.runnable(task)));
    }

    static boolean isVirtual(Thread thread) throws Exception {
        return (boolean) call(() -> IS_VIRTUAL.invoke(thread));
    }

    public static ExecutorService executor() throws Exception {
        return (ExecutorService) call(EXECUTOR::invoke);
    }

    static ExecutorService perTask(ThreadFactory factory) throws Exception {
        return (ExecutorService) call(() -> PER_TASK.invoke(factory));
    }

    /** Waits for all tasks of an executor. */
    public static void close(ExecutorService executor) throws Exception {
        call(() -> {
            CLOSE.invoke(executor);
            return "closed";
        });
    }

    /** Sleeps, and joins a thread, by the methods that take a {@code Duration}. */
    static void sleepAndJoin(Thread thread, Duration duration) throws Exception {
        call(() -> {
            SLEEP.invoke(duration);
            return JOIN.invoke(thread, duration);
        });
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private static Object call(Call call) throws Exception {
        try {
            return call.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
