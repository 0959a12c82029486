package org.concurrentharness.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Parks and unparks for real, past the hooks of {@code LockSupport}: what the engine does to its own threads must never be
 * taken for something that the program does.
 */
final class RealPark {
    private static final MethodHandle PARK;
    private static final MethodHandle UNPARK;

    static {
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object instance = lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe))
                    .invoke();
            PARK = lookup.findVirtual(unsafe, "park", MethodType.methodType(void.class, boolean.class, long.class))
                    .bindTo(instance);
            UNPARK = lookup.findVirtual(unsafe, "unpark", MethodType.methodType(void.class, Object.class))
                    .bindTo(instance);
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private RealPark() {}

    /** Parks the calling platform thread until unparked or for no reason; {@code nanos} 0 sets no limit. */
    static void park(long nanos) {
        try {
            PARK.invokeExact(false, nanos);
        } catch (Throwable e) {
            throw new IllegalStateException("parking does not throw", e);
        }
    }

    static void unpark(Thread thread) {
        try {
            UNPARK.invokeExact((Object) thread);
        } catch (Throwable e) {
            throw new IllegalStateException("unparking does not throw", e);
        }
    }
}
