package org.concurrentharness.explore.programs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import org.concurrentharness.explore.Tasks;

/** Programs in which a few operations have to come in one order among many; each with the mended one beside it. */
final class Orders {
    private Orders() {}

    /** The driver of SCTBench: the device stops while a request is on its way. */
    static void bluetooth(boolean broken) throws Exception {
        AtomicInteger pending = new AtomicInteger(1);
        var device = new Object() {
            volatile boolean stopping;
            volatile boolean stopped;

            boolean enter() {
                if (broken) {
                    if (stopping) {
                        return false;
                    }
                    pending.incrementAndGet();
                } else {
                    pending.incrementAndGet();
                    if (stopping) {
                        leave();
                        return false;
                    }
                }
                return true;
            }

            void leave() {
                if (pending.decrementAndGet() == 0) {
                    stopped = true;
                }
            }
        };
        Tasks.together(
                () -> {
                    if (device.enter()) {
                        Programs.check(!device.stopped, "request on a stopped device");
                        device.leave();
                    }
                },
                () -> {
                    device.stopping = true;
                    device.leave();
                });
    }

    /** Two producers write to the same slot of a ring. */
    static void circularBuffer(boolean broken) throws Exception {
        AtomicIntegerArray slots = new AtomicIntegerArray(4);
        AtomicInteger head = new AtomicInteger();
        Tasks.Task producer = () -> {
            for (int i = 0; i < 2; i++) {
                if (broken) {
                    int at = head.get();
                    slots.set(at, 1);
                    head.set(at + 1);
                } else {
                    slots.set(head.getAndIncrement(), 1);
                }
            }
        };
        Tasks.together(producer, producer);
        Programs.check(head.get() == 4, "a slot was written twice");
    }

    /** Each waits for its turn, but one hands the token on before its work. */
    static void tokenRing(boolean broken) throws Exception {
        AtomicInteger token = new AtomicInteger();
        AtomicInteger log = new AtomicInteger();
        Tasks.Task[] members = new Tasks.Task[4];
        for (int i = 0; i < members.length; i++) {
            int me = i;
            members[i] = () -> {
                while (token.get() != me) {
                    Thread.onSpinWait();
                }
                if (broken && me == 2) {
                    token.set(me + 1);
                    log.set(log.get() * 10 + me);
                } else {
                    log.set(log.get() * 10 + me);
                    token.set(me + 1);
                }
            };
        }
        Tasks.together(members);
        Programs.check(log.get() == 123, "out of turn");
    }

    /** The second stage is read while only the first is written: each has its lock, and the two belong together. */
    static void twoStage(boolean broken) throws Exception {
        Object first = new Object();
        Object second = broken ? new Object() : first;
        int[] data = new int[1];
        int[] derived = new int[1];
        Tasks.Task writer = () -> {
            synchronized (first) {
                data[0] = 1;
                if (!broken) {
                    derived[0] = 2;
                }
            }
            synchronized (second) {
                derived[0] = 2;
            }
        };
        Tasks.together(
                () -> {
                    int seen;
                    synchronized (first) {
                        seen = data[0];
                    }
                    synchronized (second) {
                        Programs.check(seen == 0 || derived[0] == 2, "half of both stages");
                    }
                },
                writer,
                writer);
    }

    /** All but one take the same lock. */
    static void wrongLock(boolean broken) throws Exception {
        Object right = new Object();
        Object wrong = broken ? new Object() : right;
        var shared = new Object() {
            volatile int value;

            void set(Object lock) {
                synchronized (lock) {
                    int before = value;
                    value = before + 1;
                }
            }
        };
        Tasks.together(
                () -> shared.set(right), () -> shared.set(right), () -> shared.set(right), () -> shared.set(wrong));
        Programs.check(shared.value == 4, "lost an update");
    }

    /** A stack of numbered nodes that are used again: a pop takes a top that has been away and come back. */
    static void reusedNodes(boolean broken) throws Exception {
        AtomicStampedReference<Integer> top = new AtomicStampedReference<>(-1, 0);
        AtomicIntegerArray next = new AtomicIntegerArray(3);
        AtomicIntegerArray owners = new AtomicIntegerArray(3);
        var stack = new Object() {
            void push(int node) {
                int[] stamp = new int[1];
                Integer old;
                do {
                    old = top.get(stamp);
                    next.set(node, old);
                } while (!top.compareAndSet(old, node, stamp[0], broken ? 0 : stamp[0] + 1));
            }

            int pop() {
                int[] stamp = new int[1];
                Integer old;
                int after;
                do {
                    old = top.get(stamp);
                    if (old < 0) {
                        return -1;
                    }
                    after = next.get(old);
                } while (!top.compareAndSet(old, after, stamp[0], broken ? 0 : stamp[0] + 1));
                return old;
            }
        };
        for (int i = 0; i < 3; i++) {
            stack.push(i);
        }
        Tasks.Task worker = () -> {
            int first = stack.pop();
            int second = stack.pop();
            if (first >= 0) {
                Programs.check(owners.incrementAndGet(first) == 1, "a node with two owners");
                owners.decrementAndGet(first);
                stack.push(first);
            }
            if (second >= 0) {
                Programs.check(owners.incrementAndGet(second) == 1, "a node with two owners");
            }
        };
        Tasks.together(worker, worker);
    }

    /** A Treiber stack whose pop sets what it should compare and set. */
    static void carelessPop(boolean broken) throws Exception {
        record Node(int value, Node next) {}
        AtomicReference<Node> top = new AtomicReference<>();
        AtomicInteger sum = new AtomicInteger();
        Tasks.Task worker = () -> {
            Node old;
            do {
                old = top.get();
            } while (!top.compareAndSet(old, new Node(1, old)));
            while (true) {
                Node seen = top.get();
                if (broken) {
                    top.set(seen == null ? null : seen.next());
                } else if (seen != null && !top.compareAndSet(seen, seen.next())) {
                    continue;
                }
                sum.addAndGet(seen == null ? 0 : seen.value());
                return;
            }
        };
        Tasks.together(worker, worker);
        Programs.check(sum.get() == 2, "a value was popped never or twice");
    }

    /** One thread does much and, last, looks; the other has to come in between, which a random walk hardly ever does. */
    static void late(boolean broken) throws Exception {
        AtomicInteger work = new AtomicInteger();
        AtomicInteger end = new AtomicInteger();
        Tasks.together(
                () -> {
                    for (int i = 0; i < 25; i++) {
                        work.incrementAndGet();
                    }
                    int before = end.get();
                    Programs.check(!broken || end.get() == before, "changed between two looks");
                },
                () -> end.incrementAndGet());
    }

    /** Three switches at the right moments: seen at 1, answered, seen at 2. */
    static void handshake(boolean broken) throws Exception {
        AtomicInteger x = new AtomicInteger();
        AtomicInteger y = new AtomicInteger();
        Tasks.together(
                () -> {
                    x.set(1);
                    x.set(2);
                    Programs.check(!broken || y.get() != 2, "seen at 1 and at 2");
                },
                () -> {
                    if (x.get() == 1) {
                        y.set(1);
                    }
                    if (x.get() == 2 && y.get() == 1) {
                        y.set(2);
                    }
                });
    }
}
