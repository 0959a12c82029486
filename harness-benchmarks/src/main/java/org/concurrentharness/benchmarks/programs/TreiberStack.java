package org.concurrentharness.benchmarks.programs;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A correct lock-free stack: threads that push some elements and then pop as many. */
public final class TreiberStack {
    private static final class Node {
        final int value;

        @Nullable
        Node next;

        Node(int value) {
            this.value = value;
        }
    }

    private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

    private final int threads;
    private final int elements;

    /** Creates the program with three threads and two elements each. */
    public TreiberStack() {
        this(3, 2);
    }

    /** Creates the program with so many threads, which push and pop so many elements each. */
    public TreiberStack(int threads, int elements) {
        this.threads = threads;
        this.elements = elements;
    }

    private void push(int value) {
        Node added = new Node(value);
        Node first;
        do {
            first = top.get();
            added.next = first;
        } while (!top.compareAndSet(first, added));
    }

    private int pop() {
        Node first;
        do {
            first = top.get();
            if (first == null) {
                return 0;
            }
        } while (!top.compareAndSet(first, first.next));
        return first.value;
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        int[] sums = new int[threads];
        Thread[] started = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            int id = i;
            started[i] = new Thread(() -> {
                for (int j = 1; j <= elements; j++) {
                    push(elements * id + j);
                }
                int popped = 0;
                for (int j = 0; j < elements; j++) {
                    popped += pop();
                }
                sums[id] = popped;
            });
            started[i].start();
        }
        for (Thread thread : started) {
            thread.join();
        }
        int sum = 0;
        for (int popped : sums) {
            sum += popped;
        }
        int all = threads * elements;
        if (sum != all * (all + 1) / 2 || top.get() != null) {
            throw new AssertionError("lost element: " + sum);
        }
    }
}
