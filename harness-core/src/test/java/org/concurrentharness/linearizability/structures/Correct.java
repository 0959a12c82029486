package org.concurrentharness.linearizability.structures;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.linearizability.Range;
import org.concurrentharness.linearizability.Values;
import org.jspecify.annotations.Nullable;

/** Structures whose operations are linearizable. */
public final class Correct {
    private Correct() {}

    public static final class LinkedQueue {
        private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();

        @Operation
        boolean offer(@Range(from = 1, to = 3) int x) {
            return queue.offer(x);
        }

        @Operation
        @Nullable
        Integer poll() {
            return queue.poll();
        }
    }

    public static final class HashMapByKey {
        private final ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();

        @Operation
        @Nullable
        Integer put(@Values({"a", "b"}) String key, @Range(from = 1, to = 2) int value) {
            return map.put(key, value);
        }

        @Operation
        @Nullable
        Integer putIfAbsent(@Values({"a", "b"}) String key, @Range(from = 1, to = 2) int value) {
            return map.putIfAbsent(key, value);
        }

        @Operation
        @Nullable
        Integer remove(@Values({"a", "b"}) String key) {
            return map.remove(key);
        }

        @Operation
        @Nullable
        Integer get(@Values({"a", "b"}) String key) {
            return map.get(key);
        }
    }

    public static final class SkipList {
        private final ConcurrentSkipListMap<Integer, Integer> map = new ConcurrentSkipListMap<>();

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
        boolean contains(@Range(from = 1, to = 2) int key) {
            return map.containsKey(key);
        }
    }

    public static final class Counter {
        private final AtomicLong count = new AtomicLong();

        @Operation
        long incrementAndGet() {
            return count.incrementAndGet();
        }

        @Operation
        long add(@Range(from = 2, to = 3) long delta) {
            return count.addAndGet(delta);
        }

        @Operation
        long get() {
            return count.get();
        }
    }

    public static final class SynchronizedStack {
        private final Deque<Integer> elements = new ArrayDeque<>();

        @Operation
        synchronized void push(@Range(from = 1, to = 2) int x) {
            elements.push(x);
        }

        /** Throws on an empty stack, which is a result. */
        @Operation
        synchronized int pop() {
            return elements.pop();
        }
    }

    public static class Treiber {
        private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

        private record Node(int value, @Nullable Node next) {}

        @Operation
        void push(@Range(from = 1, to = 2) int x) {
            Node next;
            do {
                next = top.get();
            } while (!top.compareAndSet(next, new Node(x, next)));
        }

        @Operation
        @Nullable
        Integer pop() {
            Node first;
            do {
                first = top.get();
                if (first == null) {
                    return null;
                }
            } while (!top.compareAndSet(first, first.next));
            return first.value;
        }
    }

    /** Its operations block for ever when nobody else goes on. */
    public static final class BlockingBuffer {
        private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);

        @Operation
        void put(@Range(from = 1, to = 2) int x) throws InterruptedException {
            queue.put(x);
        }

        @Operation
        Integer take() throws InterruptedException {
            return queue.take();
        }
    }
}
