package org.concurrentharness.explore.programs;

import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrentharness.explore.Tasks;

/** Programs that wait for what never comes; each with the mended one beside it. */
final class Waits {
    private Waits() {}

    /** Dining philosophers: each takes the fork on its left first; the mended last one takes the other. */
    static void philosophers(int count, boolean broken) throws Exception {
        Object[] forks = new Object[count];
        for (int i = 0; i < count; i++) {
            forks[i] = new Object();
        }
        Tasks.Task[] all = new Tasks.Task[count];
        for (int i = 0; i < count; i++) {
            int left = i;
            int right = (i + 1) % count;
            Object first = forks[broken || right > left ? left : right];
            Object second = forks[broken || right > left ? right : left];
            all[i] = () -> {
                synchronized (first) {
                    synchronized (second) {
                        Programs.nothing();
                    }
                }
            };
        }
        Tasks.together(all);
    }

    /** Looks outside of the lock whether there is something to wait for. */
    static void lostNotify(boolean broken) throws Exception {
        Object lock = new Object();
        var flag = new Object() {
            volatile boolean set;
        };
        Tasks.together(
                () -> {
                    if (broken) {
                        if (!flag.set) {
                            synchronized (lock) {
                                lock.wait();
                            }
                        }
                    } else {
                        synchronized (lock) {
                            while (!flag.set) {
                                lock.wait();
                            }
                        }
                    }
                },
                () -> {
                    synchronized (lock) {
                        flag.set = true;
                        lock.notifyAll();
                    }
                });
    }

    /** Takes permits one by one that are needed together. */
    static void semaphore(boolean broken) throws Exception {
        Semaphore permits = new Semaphore(3);
        Tasks.Task user = () -> {
            if (broken) {
                permits.acquire();
                permits.acquire();
            } else {
                permits.acquire(2);
            }
            permits.release(2);
        };
        Tasks.together(user, user, user);
    }

    /** Wakes one of several that wait for different things. */
    static void condition(boolean broken) throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        ArrayDeque<Integer> items = new ArrayDeque<>();
        Tasks.Task producer = () -> {
            for (int i = 0; i < 2; i++) {
                lock.lock();
                try {
                    while (items.size() == 1) {
                        changed.await();
                    }
                    items.add(i);
                    signal(changed, broken);
                } finally {
                    lock.unlock();
                }
            }
        };
        Tasks.Task consumer = () -> {
            for (int i = 0; i < 2; i++) {
                lock.lock();
                try {
                    while (items.isEmpty()) {
                        changed.await();
                    }
                    items.remove();
                    signal(changed, broken);
                } finally {
                    lock.unlock();
                }
            }
        };
        Tasks.together(producer, producer, consumer, consumer);
    }

    private static void signal(Condition condition, boolean one) {
        if (one) {
            condition.signal();
        } else {
            condition.signalAll();
        }
    }

    /** Parks once for a permit that somebody else's use of the same thread takes away. */
    static void sharedPermit(boolean broken) throws Exception {
        var state = new Object() {
            volatile boolean ready;
        };
        Thread waiter = Tasks.start(() -> {
            if (broken) {
                if (!state.ready) {
                    LockSupport.park();
                    LockSupport.park();
                }
            } else {
                while (!state.ready) {
                    LockSupport.park();
                }
            }
        });
        LockSupport.unpark(waiter);
        state.ready = true;
        LockSupport.unpark(waiter);
        waiter.join();
    }

    /** Three locks in a circle, each by way of a method that already holds one. */
    static void circle(boolean broken) throws Exception {
        ReentrantLock a = new ReentrantLock();
        ReentrantLock b = new ReentrantLock();
        ReentrantLock c = new ReentrantLock();
        Tasks.together(() -> both(a, b), () -> both(b, c), () -> both(broken ? c : a, broken ? a : c));
    }

    private static void both(ReentrantLock first, ReentrantLock second) {
        first.lock();
        try {
            second.lock();
            second.unlock();
        } finally {
            first.unlock();
        }
    }
}
