package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Makes identity hash codes the same in equal executions, since they order the elements of hash sets.
 *
 * <p>HotSpot draws them from a generator of four words in each thread's own structure (Marsaglia's xor-shift), which it starts
 * with three known constants. A new thread finds them there, and from then on the words are set at the start of an execution
 * and travel with control from thread to thread. Where they are not found (another JVM, another {@code -XX:hashCode}), hash
 * codes stay as they are, and a replay that diverges for that reason is reported as such.
 */
final class HashCodes {
    private static final int Y = 842502087;
    private static final int Z = 0x8767;
    private static final int W = 273326509;
    private static final int SEARCHED = 1024;

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

    /** A class of its own: a new thread could not use {@link HashCodes} while that is being initialised. */
    private static final class Finder extends Thread {
        private final MethodHandle get;
        private volatile int found = -1;

        Finder(MethodHandle get) {
            super("harness-hash-codes");
            this.get = get;
            setDaemon(true);
        }

        @Override
        public void run() {
            long base = JdkInternals.eetop(this);
            try {
                for (int at = 8; at < SEARCHED && base != 0; at += 4) {
                    if ((int) get.invokeExact(base + at) == W
                            && (int) get.invokeExact(base + at + 8) == Y
                            && (int) get.invokeExact(base + at + 12) == Z) {
                        found = at;
                        return;
                    }
                }
            } catch (Throwable e) {
                throw new IllegalStateException("reading an int does not throw", e);
            }
        }
    }

    private static int find(MethodHandle get) throws InterruptedException {
        Finder finder = new Finder(get);
        finder.start();
        finder.join();
        return finder.found;
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
