package org.concurrentharness.benchmarks.programs;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A correct lock-free stack: three threads push twice and pop twice. */
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
        int[] sums = new int[3];
        Thread[] threads = new Thread[3];
        for (int i = 0; i < 3; i++) {
            int id = i;
            threads[i] = new Thread(() -> {
                push(2 * id + 1);
                push(2 * id + 2);
                sums[id] = pop() + pop();
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        int sum = sums[0] + sums[1] + sums[2];
        if (sum != 21 || top.get() != null) {
            throw new AssertionError("lost element: " + sum);
        }
    }
}
