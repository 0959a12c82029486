package org.concurrentharness.linearizability.structures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.linearizability.Range;
import org.concurrentharness.linearizability.Values;

/** Classes that cannot be checked, and specifications that are none. */
public final class Faulty {
    private Faulty() {}

    public static final class NoOperations {}

    public static final class UnknownArgument {
        @Operation
        void add(int x) {}
    }

    public static final class UnknownObject {
        @Operation
        void add(StringBuilder x) {}
    }

    public static final class EmptyRange {
        @Operation
        void add(@Range(from = 3, to = 1) int x) {}
    }

    public static final class WideRange {
        @Operation
        void add(@Range(from = 0, to = 128) byte x) {}
    }

    public static final class RangeOfText {
        @Operation
        void add(@Range(from = 0, to = 1) String x) {}
    }

    public static final class WrongValue {
        @Operation
        void add(@Values({"1", "two"}) int x) {}
    }

    public static final class NoValue {
        @Operation
        void add(@Values({}) int x) {}
    }

    public static final class Both {
        @Operation
        void add(@Range(from = 0, to = 1) @Values("1") int x) {}
    }

    public static final class StaticOperation {
        @Operation
        static void add() {}
    }

    public abstract static class Abstract {
        @Operation
        void add() {}
    }

    public static final class NeedsArgument {
        NeedsArgument(int x) {}

        public final class Inner {
            @Operation
            void add() {}
        }

        @Operation
        void add() {}
    }

    public static final class ThrowingConstructor {
        ThrowingConstructor() {
            throw new IllegalStateException("not today");
        }

        @Operation
        void add() {}
    }

    public static final class Counter {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add(@Range(from = 1, to = 2) int x) {
            return count.addAndGet(x);
        }
    }

    public static final class WithoutMethod {
        int add(long x) {
            return (int) x;
        }
    }

    public static final class ReturnsNothing {
        void add(int x) {}
    }

    public static final class Nondeterministic {
        private static int calls;

        @Operation
        int next() {
            return ++calls;
        }
    }

    public static final class Fails {
        @Operation
        void add() {
            throw new AssertionError("never called");
        }
    }

    public static final class LoopsForEver {
        private volatile boolean never;

        @Operation
        void add() {
            while (!never) {
                Thread.onSpinWait();
            }
        }
    }

    public static final class SpinsForEver {
        private int never;

        @Operation
        void add() {
            while (never == 0) {}
        }
    }

    public static final class Clock {
        @Operation
        long time() {
            return System.nanoTime();
        }
    }

    public static final class Dice {
        @Operation
        int roll() {
            return new Random().nextInt();
        }
    }

    public static final class FreshObjects {
        @Operation
        Object fresh() {
            return new Object();
        }
    }

    public static final class LiveView {
        private final List<Integer> list = Collections.synchronizedList(new ArrayList<>());

        @Operation
        List<Integer> view() {
            return list;
        }

        @Operation
        void add() {
            list.add(1);
        }
    }

    public static final class LongCounter {
        private long count;

        long add(int x) {
            count += x;
            return count;
        }
    }

    public interface GenericContract<T> {
        @Operation
        void add(@Values("1") T x);
    }

    public static final class GenericCounter implements GenericContract<Integer> {
        @Override
        public void add(Integer x) {}
    }

    /** Counts from 0, where {@link Counter} counts from what was added. */
    public static final class OtherCounter {
        private int count;

        int add(int x) {
            int before = count;
            count += x;
            return before;
        }
    }
}
