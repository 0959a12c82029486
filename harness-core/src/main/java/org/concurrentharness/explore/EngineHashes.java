package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Identity hash codes for the engine's tables, drawn so that the program does not notice.
 *
 * <p>An object gets its code when it is first asked for. An object that outlives an execution (a constant, a cache) has its code in
 * later ones; did the engine draw from the program's own sequence, all codes after it would be others in the first execution that
 * touches it than in the later ones, and with them the order of the program's hash sets. So the engine looks into the object's header
 * whether there is a code, and if not, puts one there from a sequence of the engine's, which starts anew at every step. It does so as
 * the JVM does, by a compare-and-set of the header; where that cannot be (somebody has locked the object), the JVM draws from the
 * engine's sequence.
 */
final class EngineHashes {
    private static final int HASH_MASK = 0x7FFF_FFFF;
    /** The lowest three bits of the header of an object that nobody has locked, nor is biased to lock it. */
    private static final int UNLOCKED = 1;

    private static final int LOCK_MASK = 7;
    private static final @Nullable MethodHandle GET_LONG;
    private static final @Nullable MethodHandle COMPARE_AND_SET_LONG;

    /** Where the code is in the header's first word, or -1. */
    private static final int SHIFT;

    static {
        MethodHandle get = null;
        MethodHandle compareAndSet = null;
        int shift = -1;
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object instance = lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe))
                    .invoke();
            get = lookup.findVirtual(unsafe, "getLong", MethodType.methodType(long.class, Object.class, long.class))
                    .bindTo(instance);
            MethodType type = MethodType.methodType(boolean.class, Object.class, long.class, long.class, long.class);
            compareAndSet =
                    lookup.findVirtual(unsafe, "compareAndSetLong", type).bindTo(instance);
            shift = find(get);
            if (shift >= 0 && !canPut(get, compareAndSet, shift)) {
                compareAndSet = null;
            }
        } catch (Throwable e) {
            org.slf4j.LoggerFactory.getLogger(EngineHashes.class).debug("no look into object headers on this JVM", e);
        }
        GET_LONG = get;
        COMPARE_AND_SET_LONG = compareAndSet;
        SHIFT = shift;
    }

    private final int[] saved = new int[HashCodes.WORDS];
    private final Scheduler scheduler;
    private long seed;
    private int step;
    private int drawn;

    EngineHashes(Scheduler scheduler) {
        this.scheduler = scheduler;
        // to link what draws is JDK code that is hooked: it must not happen first on a managed thread
        Object object = new Object();
        Thread self = Thread.currentThread();
        HashCodes.save(self, saved);
        HashCodes.reset(self, seed);
        HashCodes.restore(self, saved);
        of(System.identityHashCode(object) == 0 ? this : object);
    }

    /** Finds the code in the headers of some objects: where all of them have it. */
    private static int find(MethodHandle get) throws Throwable {
        int found = -1;
        for (int shift = 32; shift >= 2; shift--) {
            boolean everywhere = true;
            for (int i = 0; i < 8 && everywhere; i++) {
                Object object = new Object();
                int code = System.identityHashCode(object);
                long mark = (long) get.invokeExact(object, 0L);
                everywhere = (int) (mark >>> shift & HASH_MASK) == code && (mark & LOCK_MASK) == UNLOCKED;
            }
            if (everywhere) {
                found = shift;
            }
        }
        return found;
    }

    /** Returns whether the JVM takes a code that was put into the header for its own. */
    private static boolean canPut(MethodHandle get, MethodHandle compareAndSet, int shift) throws Throwable {
        Object object = new Object();
        int code = 0x2AAA_5555;
        long mark = (long) get.invokeExact(object, 0L);
        return (boolean) compareAndSet.invokeExact(object, 0L, mark, mark | (long) code << shift)
                && System.identityHashCode(object) == code;
    }

    void begin(long executionSeed) {
        seed = executionSeed;
        step = 0;
        drawn = 0;
    }

    int of(Object object) {
        if (SHIFT < 0 || GET_LONG == null) {
            return System.identityHashCode(object);
        }
        long mark;
        try {
            mark = (long) GET_LONG.invokeExact(object, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("reading a long does not throw", e);
        }
        if ((mark & LOCK_MASK) != UNLOCKED) {
            return drawn(object);
        }
        int code = (int) (mark >>> SHIFT) & HASH_MASK;
        return code != 0 ? code : put(object, mark);
    }

    private int put(Object object, long mark) {
        if (COMPARE_AND_SET_LONG == null) {
            return drawn(object);
        }
        int code = Math.max(1, (int) next() & HASH_MASK);
        try {
            return (boolean) COMPARE_AND_SET_LONG.invokeExact(object, 0L, mark, mark | (long) code << SHIFT)
                    ? code
                    : drawn(object);
        } catch (Throwable e) {
            throw new IllegalStateException("writing a long does not throw", e);
        }
    }

    private int drawn(Object object) {
        Thread real = scheduler.carrier().real();
        HashCodes.save(real, saved);
        HashCodes.reset(real, next());
        int code = System.identityHashCode(object);
        HashCodes.restore(real, saved);
        return code;
    }

    private long next() {
        if (step != scheduler.steps()) {
            step = scheduler.steps();
            drawn = 0;
        }
        return Shadow.mix(seed ^ Shadow.mix(((long) step << 32) + ++drawn));
    }
}
