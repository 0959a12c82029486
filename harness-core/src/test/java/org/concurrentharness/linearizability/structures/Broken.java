package org.concurrentharness.linearizability.structures;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.linearizability.Range;
import org.concurrentharness.linearizability.Values;
import org.jspecify.annotations.Nullable;

/** Structures with a bug each. */
public final class Broken {
    private Broken() {}

    /** Looks whether a key is there, and then puts. */
    public static final class CheckThenAct {
        private final ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();

        @Operation
        @Nullable
        Integer putIfAbsent(@Values({"a", "b"}) String key, @Range(from = 1, to = 2) int value) {
            Integer old = map.get(key);
            if (old == null) {
                map.put(key, value);
            }
            return old;
        }

        @Operation
        @Nullable
        Integer get(@Values({"a", "b"}) String key) {
            return map.get(key);
        }
    }

    /** Reads and then writes. */
    public static final class GetThenSet {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int increment() {
            int next = count.get() + 1;
            count.set(next);
            return next;
        }

        @Operation
        int get() {
            return count.get();
        }
    }

    /** Bounded, but looks at the size before it adds. */
    public static final class BoundedQueue {
        private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger size = new AtomicInteger();

        @Operation
        boolean offer(@Range(from = 1, to = 2) int x) {
            if (size.get() == 2) {
                return false;
            }
            size.set(size.get() + 1);
            return queue.offer(x);
        }

        @Operation
        @Nullable
        Integer poll() {
            Integer first = queue.poll();
            if (first != null) {
                size.set(size.get() - 1);
            }
            return first;
        }
    }

    /** Nothing orders the accesses. */
    public static final class RacyStack {
        private @Nullable Node top;

        private record Node(int value, @Nullable Node next) {}

        @Operation
        void push(@Range(from = 1, to = 2) int x) {
            top = new Node(x, top);
        }

        @Operation
        @Nullable
        Integer pop() {
            Node first = top;
            if (first == null) {
                return null;
            }
            top = first.next;
            return first.value;
        }
    }

    /** Uses nodes again: a pop that was slow takes what comes after a node that has left and come back. */
    public static final class AbaStack {
        private final AtomicReference<@Nullable Node> top = new AtomicReference<>();
        private final AtomicReference<@Nullable Node> spare = new AtomicReference<>();

        private static final class Node {
            volatile int value;
            volatile @Nullable Node next;
        }

        @Operation
        void push(@Range(from = 1, to = 2) int x) {
            Node node = spare.getAndSet(null);
            if (node == null) {
                node = new Node();
            }
            node.value = x;
            Node first;
            do {
                first = top.get();
                node.next = first;
            } while (!top.compareAndSet(first, node));
        }

        @Operation
        int pop() {
            Node first;
            Node next;
            do {
                first = top.get();
                if (first == null) {
                    return 0;
                }
                next = first.next;
            } while (!top.compareAndSet(first, next));
            int value = first.value;
            spare.compareAndSet(null, first);
            return value;
        }
    }

    /** The sum of an adder that counts what {@link #add} returns as well. */
    public static final class Sum {
        private final LongAdder sum = new LongAdder();

        @Operation
        long addAndGet(@Range(from = 1, to = 2) int x) {
            sum.add(x);
            return sum.sum();
        }
    }

    /** The size of a map that changes is an estimate. */
    public static final class MapSize {
        private final ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();

        @Operation
        @Nullable
        Integer put(@Range(from = 1, to = 2) int key) {
            return map.put(key, key);
        }

        @Operation
        @Nullable
        Integer remove(@Range(from = 1, to = 2) int key) {
            return map.remove(key);
        }

        @Operation
        int size() {
            return map.size();
        }
    }

    /** Of the JDK, as it is. */
    public static final class LinkedDeque {
        private final ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();

        @Operation
        void addFirst(@Range(from = 1, to = 2) int x) {
            deque.addFirst(x);
        }

        @Operation
        @Nullable
        Integer pollFirst() {
            return deque.pollFirst();
        }

        @Operation
        @Nullable
        Integer peekLast() {
            return deque.peekLast();
        }
    }

    /** Two locks in two orders. */
    public static final class TwoLocks {
        private final Object one = new Object();
        private final Object other = new Object();
        private int value;

        @Operation
        int there() {
            synchronized (one) {
                synchronized (other) {
                    return ++value;
                }
            }
        }

        @Operation
        int back() {
            synchronized (other) {
                synchronized (one) {
                    return --value;
                }
            }
        }
    }

    /** What is written is read only by the thread that wrote it. */
    public static final class OwnCopies {
        private final ConcurrentHashMap<Thread, Integer> values = new ConcurrentHashMap<>();

        @Operation
        void set(@Range(from = 1, to = 2) int x) {
            values.put(Thread.currentThread(), x);
        }

        @Operation
        int get() {
            return values.getOrDefault(Thread.currentThread(), 0);
        }
    }

    /** Both of two calls may close it. */
    public static final class CloseTwice {
        private final AtomicInteger closed = new AtomicInteger();

        @Operation
        void close() {
            if (closed.get() != 0) {
                throw new IllegalStateException("closed");
            }
            closed.set(1);
        }
    }

    /** What an interface and an abstract class say is to be called. */
    public interface Contract {
        @Operation
        int increment(@Range(from = 1, to = 2) int x);
    }

    public abstract static class Base {
        @Operation
        abstract int get();
    }

    public static final class Contracted extends Base implements Contract {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public int increment(int x) {
            int after = count.get() + x;
            count.set(after);
            return after;
        }

        @Override
        int get() {
            return count.get();
        }
    }
}
