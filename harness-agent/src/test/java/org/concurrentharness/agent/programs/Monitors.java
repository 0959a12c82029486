package org.concurrentharness.agent.programs;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Synchronized blocks and methods. */
public final class Monitors {
    private Monitors() {}

    public static class Block {
        static int run() {
            Object lock = "lock";
            int sum = 0;
            for (int i = 0; i < 2; i++) {
                synchronized (lock) {
                    sum += i;
                    if (i == 1) {
                        return sum;
                    }
                }
            }
            return -1;
        }
    }

    public static class NullLock {
        @SuppressWarnings({"SynchronizeOnNonFinalField", "nullness", "NullAway"})
        static void run() {
            @Nullable Object lock = null;
            synchronized (lock) {
                throw new AssertionError();
            }
        }
    }

    public static class Throwing {
        static void run() {
            synchronized ("lock") {
                throw new IllegalStateException("in the block");
            }
        }
    }

    public static class Methods {
        private long value;

        synchronized long add(long amount, int[] parts) {
            if (parts.length == 0) {
                return value;
            }
            for (int part : parts) {
                value += part * amount;
            }
            return value;
        }

        synchronized void fail() {
            throw new IllegalStateException("in the method");
        }

        static synchronized String describe(Object o, long more) {
            return o instanceof String s ? s + more : "?";
        }

        static String run() {
            Methods methods = new Methods();
            methods.add(2, new int[] {});
            long sum = methods.add(2, new int[] {1, 2});
            try {
                methods.fail();
            } catch (IllegalStateException e) {
                sum++;
            }
            return describe("sum ", sum);
        }
    }

    public static class InLambda {
        static int run() {
            Object lock = "lock";
            Supplier<Integer> supplier = () -> {
                synchronized (lock) {
                    synchronized (InLambda.class) {
                        return 5;
                    }
                }
            };
            return supplier.get();
        }
    }
}
