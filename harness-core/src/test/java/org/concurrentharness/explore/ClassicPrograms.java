package org.concurrentharness.explore;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

/** The programs whose numbers of inequivalent schedules the literature on partial order reduction tells. */
final class ClassicPrograms {
    private ClassicPrograms() {}

    private static void together(Runnable... actions) throws InterruptedException {
        Thread[] threads = new Thread[actions.length];
        for (int i = 0; i < actions.length; i++) {
            threads[i] = new Thread(actions[i]);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** One writer and n readers of one variable: 2 to the n. */
    static final class Readers {
        volatile int x;
        volatile int seen;

        void run(int n) throws InterruptedException {
            Runnable[] actions = new Runnable[n + 1];
            int[] read = new int[n];
            actions[0] = () -> x = 1;
            for (int i = 0; i < n; i++) {
                int reader = i;
                actions[i + 1] = () -> read[reader] = x;
            }
            together(actions);
        }
    }

    /** Threads that each copy a neighbour's number, and one that looks for the last zero. */
    static final class LastZero {
        static final class Cell {
            volatile int value;
        }

        void run(int n) throws InterruptedException {
            Cell[] cells = new Cell[n + 1];
            for (int i = 0; i <= n; i++) {
                cells[i] = new Cell();
            }
            Runnable[] actions = new Runnable[n + 1];
            actions[0] = () -> {
                int i = n;
                while (cells[i].value != 0) {
                    i--;
                }
            };
            for (int i = 1; i <= n; i++) {
                int j = i;
                actions[i] = () -> cells[j].value = cells[j - 1].value + 1;
            }
            together(actions);
        }
    }

    /** Synchronized increments: as many schedules as ways to interleave them. */
    static final class Increments {
        private int count;

        private synchronized void increment() {
            count++;
        }

        void run(int threads, int times) throws InterruptedException {
            Runnable[] actions = new Runnable[threads];
            Arrays.fill(actions, (Runnable) () -> {
                for (int i = 0; i < times; i++) {
                    increment();
                }
            });
            together(actions);
            if (count != threads * times) {
                throw new AssertionError(count);
            }
        }
    }

    /** Threads that put messages into a hash table (Flanagan and Godefroid, POPL 2005): up to 11 of them do not collide. */
    static final class Indexer {
        private static final int SIZE = 128;
        private static final int MESSAGES = 4;

        void run(int threads) throws InterruptedException {
            AtomicIntegerArray table = new AtomicIntegerArray(SIZE);
            Runnable[] actions = new Runnable[threads];
            for (int t = 0; t < threads; t++) {
                int thread = t;
                actions[t] = () -> {
                    for (int m = 1; m <= MESSAGES; m++) {
                        int message = m * 11 + thread;
                        int slot = message * 7 % SIZE;
                        while (!table.compareAndSet(slot, 0, message)) {
                            slot = (slot + 1) % SIZE;
                        }
                    }
                };
            }
            together(actions);
        }
    }

    /** Threads that allocate blocks to inodes (the same paper): up to 13 of them do not meet. */
    static final class FileSystem {
        private static final int BLOCKS = 26;
        private static final int INODES = 32;

        private final Object[] inodeLocks = new Object[INODES];
        private final Object[] blockLocks = new Object[BLOCKS];
        private final int[] inodes = new int[INODES];
        private final boolean[] busy = new boolean[BLOCKS];

        void run(int threads) throws InterruptedException {
            Arrays.setAll(inodeLocks, i -> new Object());
            Arrays.setAll(blockLocks, i -> new Object());
            Runnable[] actions = new Runnable[threads];
            for (int t = 0; t < threads; t++) {
                int inode = t % INODES;
                actions[t] = () -> allocate(inode);
            }
            together(actions);
        }

        private void allocate(int inode) {
            synchronized (inodeLocks[inode]) {
                for (int block = inode * 2 % BLOCKS; inodes[inode] == 0; block = (block + 1) % BLOCKS) {
                    synchronized (blockLocks[block]) {
                        if (!busy[block]) {
                            busy[block] = true;
                            inodes[inode] = block + 1;
                        }
                    }
                }
            }
        }
    }

    /** Two threads that touch nothing in common. */
    static final class Independent {
        volatile int a;
        volatile int b;

        void run(int times) throws InterruptedException {
            together(
                    () -> {
                        for (int i = 0; i < times; i++) {
                            a = i;
                        }
                    },
                    () -> {
                        for (int i = 0; i < times; i++) {
                            b = i;
                        }
                    });
        }
    }

    /** A lock-free stack. */
    static final class Stack {
        record Node(int value, Node next) {}

        private final AtomicReference<Node> top = new AtomicReference<>();

        private void push(int value) {
            Node head;
            do {
                head = top.get();
            } while (!top.compareAndSet(head, new Node(value, head)));
        }

        private int pop() {
            Node head;
            do {
                head = top.get();
                if (head == null) {
                    throw new AssertionError("empty");
                }
            } while (!top.compareAndSet(head, head.next()));
            return head.value();
        }

        void run() throws InterruptedException {
            together(
                    () -> {
                        push(1);
                        pop();
                    },
                    () -> {
                        push(2);
                        pop();
                    });
        }
    }
}
