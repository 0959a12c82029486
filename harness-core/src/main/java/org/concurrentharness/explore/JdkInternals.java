package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * The members of JDK classes that the engine reads and writes. To be initialised after the agent has opened the packages.
 *
 * <p>All of it is for threads and state that belong to an execution, or for counters whose value no thread relies on.
 */
final class JdkInternals {
    private static final VarHandle TID;
    private static final MethodHandle PUT_LONG;
    private static final long TID_OFFSET;
    private static final VarHandle INTERRUPTED;
    private static final VarHandle EETOP;
    private static final VarHandle THREAD_LOCALS;
    private static final VarHandle INHERITABLE_THREAD_LOCALS;
    private static final VarHandle RANDOM_SEED;
    private static final VarHandle RANDOM_PROBE;
    private static final VarHandle RANDOM_SECONDARY;
    private static final VarHandle HANDLER;
    private static final @Nullable VarHandle HOLDER;
    private static final @Nullable VarHandle STATUS;
    private static final VarHandle DAEMON;
    private static final MethodHandle EXIT;
    private static final MethodHandle DISPATCH_UNCAUGHT;
    private static final MethodHandle OWNER;
    private static final AtomicLong SPLITTABLE_SEED;
    private static final AtomicLong SEED_UNIQUIFIER;
    private static final AtomicInteger POOL_NUMBER;
    private static final AtomicInteger TIMER_NUMBER;
    private static final VarHandle FORK_JOIN_NUMBER;
    private static final Random MATH_RANDOM;

    /** In java.base, and before they came there, in a module of their own. */
    private static final String[] PLACES_OF_GENERATORS = {"jdk.internal.random.", "jdk.random."};

    /** What the generators of {@code RandomGenerator} start at: one counter for each algorithm. */
    private static final List<AtomicLong> GENERATOR_SEEDS;

    static {
        try {
            MethodHandles.Lookup self = MethodHandles.lookup();
            MethodHandles.Lookup thread = MethodHandles.privateLookupIn(Thread.class, self);
            TID = thread.findVarHandle(Thread.class, "tid", long.class);
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            Object instance = self.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe))
                    .invoke();
            PUT_LONG = self.findVirtual(
                            unsafe, "putLong", MethodType.methodType(void.class, Object.class, long.class, long.class))
                    .bindTo(instance)
                    .asType(MethodType.methodType(void.class, Thread.class, long.class, long.class));
            TID_OFFSET = (long) self.findVirtual(
                            unsafe, "objectFieldOffset", MethodType.methodType(long.class, Class.class, String.class))
                    .invoke(instance, Thread.class, "tid");
            INTERRUPTED = thread.findVarHandle(Thread.class, "interrupted", boolean.class);
            EETOP = thread.findVarHandle(Thread.class, "eetop", long.class);
            Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
            THREAD_LOCALS = thread.findVarHandle(Thread.class, "threadLocals", map);
            INHERITABLE_THREAD_LOCALS = thread.findVarHandle(Thread.class, "inheritableThreadLocals", map);
            RANDOM_SEED = thread.findVarHandle(Thread.class, "threadLocalRandomSeed", long.class);
            RANDOM_PROBE = thread.findVarHandle(Thread.class, "threadLocalRandomProbe", int.class);
            RANDOM_SECONDARY = thread.findVarHandle(Thread.class, "threadLocalRandomSecondarySeed", int.class);
            HANDLER = thread.findVarHandle(
                    Thread.class, "uncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class);
            EXIT = thread.findVirtual(Thread.class, "exit", MethodType.methodType(void.class));
            DISPATCH_UNCAUGHT = thread.findVirtual(
                    Thread.class, "dispatchUncaughtException", MethodType.methodType(void.class, Throwable.class));
            if (Runtime.version().feature() >= 19) {
                Class<?> holder = Class.forName("java.lang.Thread$FieldHolder");
                HOLDER = thread.findVarHandle(Thread.class, "holder", holder);
                MethodHandles.Lookup inHolder = MethodHandles.privateLookupIn(holder, self);
                STATUS = inHolder.findVarHandle(holder, "threadStatus", int.class);
                DAEMON = inHolder.findVarHandle(holder, "daemon", boolean.class);
            } else {
                HOLDER = null;
                STATUS = null;
                DAEMON = thread.findVarHandle(Thread.class, "daemon", boolean.class);
            }
            OWNER = MethodHandles.privateLookupIn(AbstractOwnableSynchronizer.class, self)
                    .findVirtual(
                            AbstractOwnableSynchronizer.class,
                            "getExclusiveOwnerThread",
                            MethodType.methodType(Thread.class));
            SPLITTABLE_SEED = (AtomicLong) staticField(SplittableRandom.class, "defaultGen");
            SEED_UNIQUIFIER = (AtomicLong) staticField(Random.class, "seedUniquifier");
            POOL_NUMBER = (AtomicInteger)
                    staticField(Class.forName("java.util.concurrent.Executors$DefaultThreadFactory"), "poolNumber");
            TIMER_NUMBER = (AtomicInteger) staticField(Timer.class, "nextSerialNumber");
            FORK_JOIN_NUMBER = MethodHandles.privateLookupIn(ForkJoinPool.class, self)
                    .findStaticVarHandle(ForkJoinPool.class, "poolIds", int.class);
            MATH_RANDOM = (Random)
                    staticField(Class.forName("java.lang.Math$RandomNumberGeneratorHolder"), "randomNumberGenerator");
            GENERATOR_SEEDS = generatorSeeds();
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private JdkInternals() {}

    /** Returns whether a thread is virtual; asked of its class, since {@code Thread.isVirtual} is not in JDK 17. */
    static boolean isVirtual(Thread thread) {
        String type = thread.getClass().getName();
        return type.equals("java.lang.VirtualThread") || type.equals("java.lang.ThreadBuilders$BoundVirtualThread");
    }

    private static List<AtomicLong> generatorSeeds() {
        List<AtomicLong> seeds = new ArrayList<>();
        for (String name : new String[] {
            "L32X64MixRandom",
            "L64X128MixRandom",
            "L64X128StarStarRandom",
            "L64X256MixRandom",
            "L64X1024MixRandom",
            "L128X128MixRandom",
            "L128X256MixRandom",
            "L128X1024MixRandom",
            "Xoroshiro128PlusPlus",
            "Xoshiro256PlusPlus"
        }) {
            for (String place : PLACES_OF_GENERATORS) {
                try {
                    Class<?> type = Class.forName(place + name);
                    for (Field field : type.getDeclaredFields()) {
                        if (field.getType() == AtomicLong.class && Modifier.isStatic(field.getModifiers())) {
                            field.setAccessible(true);
                            seeds.add((AtomicLong) field.get(null));
                        }
                    }
                } catch (ReflectiveOperationException | RuntimeException e) {
                    org.slf4j.LoggerFactory.getLogger(JdkInternals.class)
                            .trace("random numbers of {}{} cannot be repeated on this JVM", place, name, e);
                }
            }
        }
        return List.copyOf(seeds);
    }

    private static Object staticField(Class<?> owner, String name) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    /** The thread's number, which {@code getId} may hide by an override. */
    static long tid(Thread thread) {
        return (long) TID.get(thread);
    }

    /** Gives a thread that was not started yet another number. */
    static void tid(Thread thread, long tid) {
        try {
            PUT_LONG.invokeExact(thread, TID_OFFSET, tid);
        } catch (Throwable e) {
            throw new IllegalStateException("writing a field does not throw", e);
        }
    }

    static boolean interrupted(Thread thread) {
        return (boolean) INTERRUPTED.getVolatile(thread);
    }

    static void interrupted(Thread thread, boolean value) {
        INTERRUPTED.setVolatile(thread, value);
    }

    /** The address of the JVM's own structure for a platform thread that runs. */
    static long eetop(Thread thread) {
        return (long) EETOP.get(thread);
    }

    /** Returns the JVM's thread status, 0 for a thread that was not started. */
    static int status(Thread thread) {
        if (HOLDER == null || STATUS == null) {
            return 0;
        }
        return (int) STATUS.get((Object) HOLDER.get(thread));
    }

    static void status(Thread thread, int value) {
        if (HOLDER != null && STATUS != null) {
            STATUS.setRelease((Object) HOLDER.get(thread), value);
        }
    }

    /** Changes what {@code isDaemon} answers and new threads inherit; the JVM asks again only when the thread ends. */
    static void daemon(Thread thread, boolean value) {
        DAEMON.set(HOLDER == null ? thread : (Object) HOLDER.get(thread), value);
    }

    /** Gives a thread that runs one execution after the other the thread-local state of a new one. */
    static void forgetLocals(Thread thread) {
        THREAD_LOCALS.set(thread, null);
        INHERITABLE_THREAD_LOCALS.set(thread, null);
        RANDOM_SEED.set(thread, 0L);
        RANDOM_PROBE.set(thread, 0);
        RANDOM_SECONDARY.set(thread, 0);
        HANDLER.set(thread, null);
    }

    /** Starts a thread's random sequences, so that the JVM's own ones, which every thread draws from, are not asked. */
    static void seedRandom(Thread thread, long seed) {
        RANDOM_SEED.set(thread, Shadow.mix(seed));
        RANDOM_PROBE.set(thread, (int) Shadow.mix(seed + 1) | 1);
        RANDOM_SECONDARY.set(thread, (int) Shadow.mix(seed + 2) | 1);
    }

    /** Copies what {@code ThreadLocalRandom} and striped counters spread threads by. */
    static void copyProbe(Thread from, Thread to) {
        RANDOM_PROBE.set(to, (int) RANDOM_PROBE.get(from));
    }

    /** Takes back the number of the pool that was made last. */
    static void forgetForkJoinPool() {
        FORK_JOIN_NUMBER.set((int) FORK_JOIN_NUMBER.get() - 1);
    }

    static boolean hasOwnHandler(Thread thread) {
        return HANDLER.get(thread) != null;
    }

    /** Does what the JVM makes a thread do last. */
    static void exit(Thread thread) throws Throwable {
        EXIT.invoke(thread);
    }

    /** Does what the JVM makes a thread do with an exception that left {@code run}. */
    static void dispatchUncaught(Thread thread, Throwable thrown) throws Throwable {
        DISPATCH_UNCAUGHT.invoke(thread, thrown);
    }

    /** Returns who holds a lock of {@code java.util.concurrent}, or null. */
    static @Nullable Thread owner(AbstractOwnableSynchronizer lock) {
        try {
            return (Thread) OWNER.invoke(lock);
        } catch (Throwable e) {
            throw new IllegalStateException("getExclusiveOwnerThread does not throw", e);
        }
    }

    /** Starts the JVM's random sequences at {@code seed}, so that equal executions draw equal numbers. */
    static void resetRandom(long seed) {
        // released rather than volatile: no thread of the execution runs yet, and each fence costs
        SPLITTABLE_SEED.setRelease(Shadow.mix(seed + 1));
        SEED_UNIQUIFIER.setRelease(Shadow.mix(seed + 3));
        for (int i = 0; i < GENERATOR_SEEDS.size(); i++) {
            GENERATOR_SEEDS.get(i).setRelease(Shadow.mix(seed + 6 + i));
        }
        MATH_RANDOM.setSeed(seed + 4);
        POOL_NUMBER.setRelease(1);
        TIMER_NUMBER.setRelease(0);
        FORK_JOIN_NUMBER.set(0);
    }
}
