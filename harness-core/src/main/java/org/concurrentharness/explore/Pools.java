package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * An execution's own copies of what the JDK keeps in static fields: the common pool, the timer of {@code CompletableFuture}, the
 * numbers of threads. The real ones would count workers of executions that are over.
 */
final class Pools {
    /** The first identifier of the last execution, or campaign's thread. */
    private static final AtomicLong THREAD_IDS = new AtomicLong(Probe.FIRST_THREAD_ID);

    private static final @Nullable MethodHandle NEW_VIRTUAL;

    static {
        MethodHandle create = null;
        if (Runtime.version().feature() >= 21) {
            try {
                Class<?> type = Class.forName("java.lang.ThreadBuilders$BoundVirtualThread");
                create = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                        .findConstructor(
                                type, MethodType.methodType(void.class, String.class, int.class, Runnable.class))
                        .asType(MethodType.methodType(Thread.class, String.class, int.class, Runnable.class));
            } catch (ReflectiveOperationException e) {
                org.slf4j.LoggerFactory.getLogger(Pools.class)
                        .debug("virtual threads cannot be controlled on this JVM", e);
            }
        }
        NEW_VIRTUAL = create;
    }

    private @Nullable ForkJoinPool common;
    private @Nullable ScheduledThreadPoolExecutor delayer;
    private int threadNumber;
    private long threadId;
    private long random;
    private @Nullable ClassLoader campaignLoader;
    private final Thread.@Nullable UncaughtExceptionHandler handlerBefore = Thread.getDefaultUncaughtExceptionHandler();

    void begin(long seed, ClassLoader loader) {
        common = null;
        delayer = null;
        threadNumber = 0;
        threadId = newThreadIds();
        random = seed;
        campaignLoader = loader;
    }

    /** Forgets the execution's pools, and the handler that its program may have set for the whole JVM. */
    void end() {
        if (Thread.getDefaultUncaughtExceptionHandler() != handlerBefore) {
            Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
        }
        common = null;
        delayer = null;
        campaignLoader = null;
    }

    ForkJoinPool common() {
        ForkJoinPool pool = common;
        if (pool == null) {
            pool = new CommonPool();
            JdkInternals.forgetForkJoinPool(); // the JVM's own one has no number
            common = pool;
        }
        return pool;
    }

    /** Returns the pool of asynchronous stages. The JVM's is a thread per task where there are few processors. */
    Executor async() {
        return common();
    }

    Object delayer(Object original) {
        if (!(original instanceof ScheduledThreadPoolExecutor)) {
            return original;
        }
        ScheduledThreadPoolExecutor timer = delayer;
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, new Daemons());
            timer.setRemoveOnCancelPolicy(true);
            delayer = timer;
        }
        return timer;
    }

    /** A class and not a lambda: that would be linked on a managed thread. */
    private static final class Daemons implements ThreadFactory {
        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "CompletableFutureDelayScheduler");
            thread.setDaemon(true);
            return thread;
        }
    }

    /** A worker of a fork-join pool would find classes and resources of the application, not those of the campaign. */
    void adopt(Thread thread) {
        if (thread.getContextClassLoader() == ClassLoader.getSystemClassLoader() && campaignLoader != null) {
            thread.setContextClassLoader(campaignLoader);
        }
    }

    int nextThreadNumber() {
        return threadNumber++;
    }

    /** Returns an identifier for managed thread 0 that no other thread of this JVM has had; those that follow are free too. */
    static long newThreadIds() {
        return THREAD_IDS.addAndGet(Probe.THREAD_IDS);
    }

    long nextThreadId() {
        return ++threadId;
    }

    long randomLong() {
        random += 0x9E3779B97F4A7C15L;
        return Shadow.mix(random);
    }

    /** Returns true when the program deals with uncaught exceptions: in a class of the thread's group, or by default. */
    boolean handlesUncaught(@Nullable ThreadGroup group) {
        for (ThreadGroup at = group; at != null; at = at.getParent()) {
            if (at.getClass().getClassLoader() == campaignLoader) {
                return true;
            }
        }
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        return handler != null && handler != handlerBefore;
    }

    @Nullable
    Thread virtualThread(@Nullable String name, int characteristics, Runnable task) {
        if (NEW_VIRTUAL == null) {
            return null;
        }
        try {
            return (Thread) NEW_VIRTUAL.invokeExact(name, characteristics, task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of a thread throws no checked exception", e);
        }
    }
}
