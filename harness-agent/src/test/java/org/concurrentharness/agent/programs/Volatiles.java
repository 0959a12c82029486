package org.concurrentharness.agent.programs;

/** Volatile fields of all sizes. */
public final class Volatiles {
    private Volatiles() {}

    public static class Base {
        volatile long inherited = 1;
        protected volatile Object object = "o";
        static volatile double shared;
        int plain;
        final int constant = 3;
    }

    public static class Instance extends Base {
        private volatile int number;

        Instance() {
            number = 7;
        }

        static long run() {
            Instance it = new Instance();
            it.number++;
            it.inherited += 2;
            it.object = "p";
            it.plain = it.constant + 1;
            return it.number + it.inherited + it.plain;
        }
    }

    public static class Statics extends Base {
        static double run() {
            shared = 2;
            return shared + Base.shared;
        }
    }

    public static class Outer {
        class Inner {
            volatile int value = 4;
        }

        static int run() {
            return new Outer().new Inner().value;
        }
    }
}
