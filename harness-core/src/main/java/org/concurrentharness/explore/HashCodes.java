package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Makes identity hash codes the same in equal executions, since they order the elements of hash sets.
 *
 * <p>HotSpot draws them from a generator of four words in each thread's own structure (Marsaglia's xor-shift), which it starts
 * with three known constants. They are found by what drawing a number does to them, and from then on are set at the start of an
 * execution and travel with control from thread to thread. Where they are not found (another JVM, another {@code -XX:hashCode}), hash
 * codes stay as they are, and a replay that diverges for that reason is reported as such.
 */
final class HashCodes {
    private static final int Y = 842502087;
    private static final int Z = 0x8767;
    private static final int W = 273326509;
    /** How much of the structure is looked at, in bytes: less than it has. Found at 624 on JDK 17 and at 1080 on 25. */
    private static final int SEARCHED = Runtime.version().feature() < 21 ? 1024 : 1400;

    /** How many words the state has. */
    static final int WORDS = 4;

    private static final @Nullable MethodHandle GET_INT;
    private static final @Nullable MethodHandle PUT_INT;

    /** Offset of the first of the four words (W, X, Y, Z) in the thread's structure, or -1. */
    private static final int OFFSET;

    static {
        MethodHandle get = null;
        MethodHandle put = null;
        int offset = -1;
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object instance = lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe))
                    .invoke();
            get = lookup.findVirtual(unsafe, "getInt", MethodType.methodType(int.class, long.class))
                    .bindTo(instance);
            put = lookup.findVirtual(unsafe, "putInt", MethodType.methodType(void.class, long.class, int.class))
                    .bindTo(instance);
            offset = find(get);
        } catch (Throwable e) {
            org.slf4j.LoggerFactory.getLogger(HashCodes.class)
                    .debug("identity hash codes cannot be repeated on this JVM", e);
        }
        GET_INT = get;
        PUT_INT = put;
        OFFSET = offset;
    }

    private HashCodes() {}

    /**
     * Finds the words in the calling thread's structure by what drawing a number does to them. The first look is for nothing: to
     * link what is called here draws numbers itself.
     */
    private static int find(MethodHandle get) throws Throwable {
        long base = JdkInternals.eetop(Thread.currentThread());
        if (base == 0) {
            return -1;
        }
        int[] before = new int[SEARCHED / 4];
        int[] after = new int[SEARCHED / 4];
        for (int tries = 0; tries < 10; tries++) {
            look(get, base, before);
            int drawn = System.identityHashCode(new Object());
            look(get, base, after);
            for (int i = 2; drawn != 0 && i + WORDS <= before.length; i++) {
                int t = before[i + 1] ^ before[i + 1] << 11;
                int next = before[i] ^ before[i] >>> 19 ^ t ^ t >>> 8;
                if (after[i] == next
                        && after[i + 1] == before[i + 2]
                        && after[i + 2] == before[i + 3]
                        && after[i + 3] == before[i]
                        && before[i] != 0) {
                    return 4 * i;
                }
            }
        }
        return -1;
    }

    private static void look(MethodHandle get, long base, int[] words) throws Throwable {
        for (int i = 2; i < words.length; i++) {
            words[i] = (int) get.invokeExact(base + 4L * i);
        }
    }

    /** Starts the sequence of {@code self}, the calling thread, anew. */
    static void reset(Thread self, long seed) {
        restore(self, new int[] {W, (int) Shadow.mix(seed + 5) | 1, Y, Z});
    }

    /** Copies the state of the sequence of {@code self}, the calling thread, to {@code words}. */
    static void save(Thread self, int[] words) {
        long base = OFFSET < 0 || GET_INT == null ? 0 : JdkInternals.eetop(self);
        if (base == 0 || GET_INT == null) {
            return;
        }
        try {
            for (int i = 0; i < WORDS; i++) {
                words[i] = (int) GET_INT.invokeExact(base + OFFSET + 4L * i);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("reading an int does not throw", e);
        }
    }

    /** Continues a saved sequence in {@code self}, the calling thread. */
    static void restore(Thread self, int[] words) {
        long base = OFFSET < 0 || PUT_INT == null ? 0 : JdkInternals.eetop(self);
        if (base == 0 || PUT_INT == null) {
            return;
        }
        try {
            for (int i = 0; i < WORDS; i++) {
                PUT_INT.invokeExact(base + OFFSET + 4L * i, words[i]);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("writing an int does not throw", e);
        }
    }
}
