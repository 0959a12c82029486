package org.concurrentharness.agent.programs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** Variables accessed by other means than their names. */
public final class Handles {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Handles() {}

    /** Stands for {@code sun.misc.Unsafe}, which javac warns of in a way that no annotation suppresses. */
    public abstract static class Unsafe {
        abstract int getAndAddInt(Object target, long offset, int delta);

        abstract int getIntVolatile(Object target, long offset);

        abstract Object getObjectVolatile(Object target, long offset);
    }

    public static class Field {
        volatile int value;

        static int run(VarHandle handle, AtomicIntegerFieldUpdater<Field> updater, Unsafe unsafe, long offset) {
            Field it = new Field();
            handle.setVolatile(it, 2);
            int sum = handle.compareAndSet(it, 2, 3) ? (int) handle.get(it) : 0;
            updater.incrementAndGet(it);
            if (updater.get(it) != 4) {
                return -sum;
            }
            unsafe.getAndAddInt(it, offset, 5);
            return unsafe.getIntVolatile(it, offset) == it.value ? 9 : -1;
        }

        static Object[] arguments() throws ReflectiveOperationException {
            return new Object[] {
                LOOKUP.findVarHandle(Field.class, "value", int.class),
                AtomicIntegerFieldUpdater.newUpdater(Field.class, "value")
            };
        }
    }

    public static class Static {
        static long value;

        static long run(VarHandle handle) {
            handle.setRelease(5L);
            long old = (long) handle.getAndAdd(1L);
            return old == 5L ? (long) handle.getAcquire() : old;
        }

        static Object[] arguments() throws ReflectiveOperationException {
            return new Object[] {LOOKUP.findStaticVarHandle(Static.class, "value", long.class)};
        }
    }

    public static class Elements {
        static String run(VarHandle handle, Unsafe unsafe, long offset) {
            String[] strings = {"x", "y", "a"};
            if (handle.compareAndSet(strings, 2, "a", "b")) {
                handle.setVolatile(strings, 1, "c");
            }
            return unsafe.getObjectVolatile(strings, offset) + "c";
        }

        static Object[] arguments() {
            return new Object[] {MethodHandles.arrayElementVarHandle(String[].class)};
        }
    }
}
