package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Programs so small that all their schedules can be run, one after the other; each returns what it has seen. */
final class SmallPrograms {
    /**
     * A program by name.
     *
     * @param yields whether threads yield: how often is not the same in equivalent schedules
     */
    record SmallProgram(String name, Timeouts timeouts, boolean yields, ExplorationCall<String> body) {
        SmallProgram(String name, ExplorationCall<String> body) {
            this(name, Timeouts.WHEN_IDLE, false, body);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What a thread does. */
    interface Action {
        void run() throws Exception;
    }

    static final List<SmallProgram> ALL = List.of(
            new SmallProgram("store buffering", () -> new Fields().storeBuffering()),
            new SmallProgram("message passing", () -> new Fields().messagePassing()),
            new SmallProgram("load buffering", () -> new Fields().loadBuffering()),
            new SmallProgram("two writes each", () -> new Fields().twoWritesEach()),
            new SmallProgram("reads of one variable", () -> new Fields().readsOfOne()),
            new SmallProgram("spinning by yield", Timeouts.WHEN_IDLE, true, () -> new Fields().yielding()),
            new SmallProgram("plain fields", () -> new Fields().plain()),
            new SmallProgram("plain increments", () -> new Fields().plainIncrements()),
            new SmallProgram("lost update", () -> new Atomics().getThenSet()),
            new SmallProgram("increments and their results", () -> new Atomics().increments()),
            new SmallProgram("who wins a compare-and-set", () -> new Atomics().winner()),
            new SmallProgram("elements of an array", () -> new Atomics().elements()),
            new SmallProgram("references in an array", () -> new Atomics().references()),
            new SmallProgram("stack", () -> new Atomics().stack()),
            new SmallProgram("monitor with a field inside", () -> new Locks().monitor()),
            new SmallProgram("two monitors", () -> new Locks().twoMonitors()),
            new SmallProgram("try a lock", () -> new Locks().tryLock()),
            new SmallProgram("lock", () -> new Locks().lock()),
            new SmallProgram("read-write lock", () -> new Locks().readWrite()),
            new SmallProgram("optimistic read", () -> new Locks().optimistic()),
            new SmallProgram("condition", () -> new Locks().condition()),
            new SmallProgram("notify one of two", Timeouts.WHEN_IDLE, true, () -> new Waits().notifyOne()),
            new SmallProgram("notify all", () -> new Waits().notifyAllOfTwo()),
            new SmallProgram("timed wait, when idle", () -> new Waits().timed()),
            new SmallProgram("timed wait, any time", Timeouts.ANY_TIME, false, () -> new Waits().timed()),
            new SmallProgram("timed park, any time", Timeouts.ANY_TIME, false, () -> new Waits().timedPark()),
            new SmallProgram("time that passes, any time", Timeouts.ANY_TIME, false, () -> new Waits().time()),
            new SmallProgram("permit", () -> new Waits().permit()),
            new SmallProgram("interrupt a sleeper", () -> new Waits().interruptSleeper()),
            new SmallProgram("interrupt a waiter", () -> new Waits().interruptWaiter()),
            new SmallProgram("two sleepers", () -> new Waits().sleepers()),
            new SmallProgram("interrupt status", () -> new Waits().interrupted()),
            new SmallProgram("is alive", () -> new Threads().alive()),
            new SmallProgram("a thread starts another", () -> new Threads().nested()),
            new SmallProgram("both threads start one", () -> new Threads().siblings()),
            new SmallProgram("latch", () -> new Utilities().latch()),
            new SmallProgram("semaphore", () -> new Utilities().semaphore()),
            new SmallProgram("check then act", () -> new Utilities().checkThenAct()),
            new SmallProgram("put if absent", () -> new Utilities().putIfAbsent()),
            new SmallProgram("linked queue", () -> new Utilities().queue()),
            new SmallProgram("blocking queue", () -> new Utilities().blockingQueue()),
            new SmallProgram("who completes a future", () -> new Utilities().future()),
            new SmallProgram("synchronized list", () -> new Utilities().synchronizedList()));

    private SmallPrograms() {}

    static void together(Action... actions) throws InterruptedException {
        Thread[] threads = new Thread[actions.length];
        for (int i = 0; i < actions.length; i++) {
            Action action = actions[i];
            threads[i] = new Thread(() -> {
                try {
                    action.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static final class Fields {
        volatile int x;
        volatile int y;
        int a;
        int b;
        int r1 = -1;
        int r2 = -1;

        String storeBuffering() throws Exception {
            together(
                    () -> {
                        x = 1;
                        r1 = y;
                    },
                    () -> {
                        y = 1;
                        r2 = x;
                    });
            return r1 + " " + r2;
        }

        String messagePassing() throws Exception {
            together(
                    () -> {
                        x = 1;
                        y = 1;
                    },
                    () -> {
                        r1 = y;
                        r2 = x;
                    });
            return r1 + " " + r2;
        }

        String loadBuffering() throws Exception {
            together(
                    () -> {
                        r1 = x;
                        y = 1;
                    },
                    () -> {
                        r2 = y;
                        x = 1;
                    });
            return r1 + " " + r2;
        }

        String twoWritesEach() throws Exception {
            together(
                    () -> {
                        x = 1;
                        y = 2;
                    },
                    () -> {
                        y = 1;
                        x = 2;
                    });
            return x + " " + y;
        }

        String readsOfOne() throws Exception {
            together(() -> x = 1, () -> x = 2, () -> {
                r1 = x;
                r2 = x;
            });
            return r1 + " " + r2 + " " + x;
        }

        String yielding() throws Exception {
            together(
                    () -> {
                        int rounds = 0;
                        while (x == 0) {
                            rounds++;
                            Thread.yield();
                        }
                        r1 = Math.min(rounds, 1);
                    },
                    () -> {
                        y = 1;
                        x = 1;
                    });
            return r1 + " " + y;
        }

        String plain() throws Exception {
            together(
                    () -> {
                        a = 1;
                        r1 = b;
                    },
                    () -> {
                        b = 1;
                        r2 = a;
                    });
            return r1 + " " + r2;
        }

        String plainIncrements() throws Exception {
            together(() -> a++, () -> a++, () -> r1 = a);
            return a + " " + r1;
        }
    }

    static final class Atomics {
        final AtomicInteger number = new AtomicInteger();
        final AtomicIntegerArray numbers = new AtomicIntegerArray(3);
        final AtomicReferenceArray<String> words = new AtomicReferenceArray<>(2);
        final AtomicReference<Node> top = new AtomicReference<>();
        final int[] seen = new int[4];

        record Node(int value, Node next) {}

        String getThenSet() throws Exception {
            Action action = () -> {
                for (int i = 0; i < 2; i++) {
                    number.set(number.get() + 1);
                }
            };
            together(action, action);
            return number.toString();
        }

        String increments() throws Exception {
            together(
                    () -> {
                        seen[0] = number.incrementAndGet();
                        seen[1] = number.incrementAndGet();
                    },
                    () -> {
                        seen[2] = number.incrementAndGet();
                        seen[3] = number.incrementAndGet();
                    });
            return Arrays.toString(seen);
        }

        String winner() throws Exception {
            together(
                    () -> seen[0] = number.compareAndSet(0, 1) ? 1 : 0,
                    () -> seen[1] = number.compareAndSet(0, 2) ? 1 : 0,
                    () -> seen[2] = number.compareAndSet(1, 3) ? 1 : 0);
            return number + Arrays.toString(seen);
        }

        String elements() throws Exception {
            together(
                    () -> {
                        numbers.set(0, 1);
                        seen[0] = numbers.get(1);
                    },
                    () -> {
                        numbers.set(1, 1);
                        seen[1] = numbers.get(0);
                        numbers.incrementAndGet(2);
                    });
            return Arrays.toString(seen) + numbers;
        }

        String references() throws Exception {
            together(() -> words.set(0, "a"), () -> words.compareAndSet(0, null, "b"), () -> words.set(1, "c"));
            return words.toString();
        }

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
                    return 0;
                }
            } while (!top.compareAndSet(head, head.next()));
            return head.value();
        }

        String stack() throws Exception {
            together(
                    () -> {
                        push(1);
                        seen[0] = pop();
                    },
                    () -> seen[1] = pop());
            return Arrays.toString(seen);
        }
    }

    static final class Locks {
        final Object monitor = new Object();
        final Object other = new Object();
        final ReentrantLock lock = new ReentrantLock();
        final ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        final StampedLock stamped = new StampedLock();
        volatile int x;
        int plain;
        final StringBuffer seen = new StringBuffer();
        final String[] each = new String[2];

        String monitor() throws Exception {
            together(
                    () -> {
                        synchronized (monitor) {
                            x = 1;
                            x = 2;
                        }
                    },
                    () -> {
                        int before = x;
                        synchronized (monitor) {
                            each[0] = before + " " + x;
                        }
                    });
            return each[0];
        }

        String twoMonitors() throws Exception {
            Action action = () -> {
                synchronized (monitor) {
                    plain++;
                    synchronized (other) {
                        x = plain;
                    }
                }
            };
            together(action, action, () -> {
                synchronized (other) {
                    each[0] = "" + x;
                }
            });
            return each[0] + " " + x;
        }

        String tryLock() throws Exception {
            together(
                    () -> {
                        boolean got = lock.tryLock();
                        each[0] = "" + got;
                        if (got) {
                            lock.unlock();
                        }
                    },
                    () -> {
                        boolean got = lock.tryLock();
                        each[1] = "" + got;
                        if (got) {
                            lock.unlock();
                        }
                    });
            return each[0] + " " + each[1];
        }

        String lock() throws Exception {
            Action action = () -> {
                lock.lock();
                try {
                    seen.append(plain++).append(lock.hasQueuedThreads() ? "q" : "");
                } finally {
                    lock.unlock();
                }
            };
            together(action, action);
            return seen.toString();
        }

        String readWrite() throws Exception {
            together(
                    () -> {
                        both.writeLock().lock();
                        try {
                            plain = 1;
                        } finally {
                            both.writeLock().unlock();
                        }
                    },
                    () -> {
                        boolean got = both.readLock().tryLock();
                        each[0] = got ? "read " + plain : "refused";
                        if (got) {
                            both.readLock().unlock();
                        }
                    });
            return each[0];
        }

        String optimistic() throws Exception {
            together(
                    () -> {
                        long stamp = stamped.writeLock();
                        x = 1;
                        stamped.unlockWrite(stamp);
                    },
                    () -> {
                        long stamp = stamped.tryOptimisticRead();
                        int read = x;
                        each[0] = (stamp == 0) + " " + read + " " + stamped.validate(stamp);
                    });
            return each[0];
        }

        String condition() throws Exception {
            Condition changed = lock.newCondition();
            together(
                    () -> {
                        lock.lock();
                        try {
                            while (plain == 0) {
                                seen.append('w');
                                changed.await();
                            }
                        } finally {
                            lock.unlock();
                        }
                    },
                    () -> {
                        lock.lock();
                        try {
                            plain = 1;
                            changed.signal();
                        } finally {
                            lock.unlock();
                        }
                    });
            return seen.toString();
        }
    }

    static final class Waits {
        final Object monitor = new Object();
        final StringBuffer seen = new StringBuffer();
        boolean ready;
        volatile int x;
        int waiting;
        final String[] each = new String[2];

        private void await(String name) throws InterruptedException {
            synchronized (monitor) {
                waiting++;
                monitor.wait();
                seen.append(name);
            }
        }

        String notifyOne() throws Exception {
            together(() -> await("a"), () -> await("b"), () -> {
                for (int done = 0; done < 2; ) {
                    synchronized (monitor) {
                        if (waiting > 0) {
                            waiting--;
                            done++;
                            monitor.notify();
                        }
                    }
                    Thread.yield();
                }
            });
            return seen.toString();
        }

        String notifyAllOfTwo() throws Exception {
            Action action = () -> {
                synchronized (monitor) {
                    while (!ready) {
                        monitor.wait();
                    }
                    waiting++;
                    seen.append(Thread.currentThread().getName().endsWith("1") ? '1' : '0');
                }
            };
            together(action, action, () -> {
                synchronized (monitor) {
                    ready = true;
                    monitor.notifyAll();
                }
            });
            return seen.length() + " " + waiting;
        }

        String timed() throws Exception {
            together(
                    () -> {
                        synchronized (monitor) {
                            if (!ready) {
                                monitor.wait(10);
                            }
                            each[0] = "" + ready;
                        }
                    },
                    () -> {
                        x = 1;
                        synchronized (monitor) {
                            ready = true;
                            monitor.notifyAll();
                        }
                    });
            return each[0];
        }

        String timedPark() throws Exception {
            Thread parker = new Thread(() -> {
                LockSupport.parkNanos(1_000_000);
                each[0] = "" + x;
            });
            parker.start();
            x = 1;
            LockSupport.unpark(parker);
            x = 2;
            parker.join();
            return each[0];
        }

        String time() throws Exception {
            together(() -> Thread.sleep(1_000), () -> {
                long before = System.nanoTime();
                x = 1;
                each[0] = System.nanoTime() - before > 500_000_000 ? "late" : "soon";
            });
            return each[0];
        }

        String permit() throws Exception {
            Thread parker = new Thread(() -> {
                LockSupport.park();
                each[0] = "" + x;
            });
            parker.start();
            x = 1;
            LockSupport.unpark(parker);
            x = 2;
            parker.join();
            return each[0];
        }

        String interruptSleeper() throws Exception {
            Thread sleeper = new Thread(() -> {
                int before = x;
                try {
                    Thread.sleep(10);
                    each[0] = before + " slept";
                } catch (InterruptedException e) {
                    each[0] = before + " interrupted at " + x;
                }
            });
            sleeper.start();
            x = 1;
            sleeper.interrupt();
            x = 2;
            sleeper.join();
            return each[0];
        }

        String interruptWaiter() throws Exception {
            Thread waiter = new Thread(() -> {
                synchronized (monitor) {
                    try {
                        monitor.wait();
                        each[0] = "notified";
                    } catch (InterruptedException e) {
                        each[0] = "interrupted at " + x;
                    }
                }
            });
            Thread other = new Thread(() -> {
                synchronized (monitor) {
                    x = 1;
                    monitor.notify();
                }
            });
            waiter.start();
            other.start();
            waiter.interrupt();
            waiter.join();
            other.join();
            return each[0];
        }

        String sleepers() throws Exception {
            together(
                    () -> {
                        Thread.sleep(1);
                        seen.append('a');
                    },
                    () -> {
                        x = 1;
                        Thread.sleep(2);
                        seen.append('b');
                    },
                    () -> seen.append('c'));
            return seen.toString();
        }

        String interrupted() throws Exception {
            Thread target = new Thread(() -> {
                boolean first = Thread.interrupted();
                each[0] = first + " " + Thread.interrupted();
            });
            target.start();
            target.interrupt();
            target.join();
            return each[0];
        }
    }

    static final class Threads {
        volatile int x;
        final String[] each = new String[2];

        String alive() throws Exception {
            Thread other = new Thread(() -> x = 1);
            other.start();
            int before = x;
            boolean alive = other.isAlive();
            int after = x;
            other.join();
            return before + " " + alive + " " + after;
        }

        String nested() throws Exception {
            Thread outer = new Thread(() -> {
                Thread inner = new Thread(() -> x = 2);
                inner.start();
                x = 1;
                try {
                    inner.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            outer.start();
            int seen = x;
            outer.join();
            return seen + " " + x;
        }

        String siblings() throws Exception {
            List<Thread> children = Collections.synchronizedList(new ArrayList<>());
            together(
                    () -> {
                        Thread child = new Thread(() -> x = 1);
                        child.start();
                        children.add(child);
                    },
                    () -> {
                        Thread child = new Thread(() -> each[0] = "" + x);
                        child.start();
                        children.add(child);
                    });
            for (Thread child : children) {
                child.join();
            }
            return each[0] + " " + x;
        }
    }

    static final class Utilities {
        volatile int x;
        final String[] each = new String[3];

        String latch() throws Exception {
            CountDownLatch latch = new CountDownLatch(1);
            together(
                    () -> {
                        int before = x;
                        latch.await();
                        each[0] = before + " " + x;
                    },
                    () -> {
                        x = 1;
                        latch.countDown();
                        x = 2;
                    });
            return each[0];
        }

        String semaphore() throws Exception {
            Semaphore one = new Semaphore(1);
            together(
                    () -> {
                        one.acquire();
                        x++;
                        one.release();
                    },
                    () -> {
                        boolean got = one.tryAcquire();
                        each[0] = got + " " + x;
                        if (got) {
                            one.release();
                        }
                    });
            return each[0];
        }

        String checkThenAct() throws Exception {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            AtomicInteger created = new AtomicInteger();
            Action action = () -> {
                if (!map.containsKey("k")) {
                    map.put("k", created.incrementAndGet());
                }
            };
            together(action, action);
            return created + " " + map;
        }

        String putIfAbsent() throws Exception {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            together(
                    () -> each[0] = "" + map.putIfAbsent("k", 1),
                    () -> each[1] = "" + map.putIfAbsent("k", 2),
                    () -> each[2] = "" + map.get("k"));
            return String.join(" ", each);
        }

        String queue() throws Exception {
            ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
            together(() -> queue.add(1), () -> queue.add(2), () -> each[0] = "" + queue.poll());
            return each[0] + " " + queue;
        }

        String blockingQueue() throws Exception {
            LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
            together(() -> queue.add(1), () -> each[0] = queue.take() + " " + x, () -> x = 1);
            return each[0];
        }

        String future() throws Exception {
            CompletableFuture<Integer> future = new CompletableFuture<>();
            CompletableFuture<String> text = future.thenApply(n -> n + " " + x);
            together(() -> future.complete(1), () -> future.complete(2), () -> x = 1);
            return text.get(1, TimeUnit.SECONDS);
        }

        String synchronizedList() throws Exception {
            List<Integer> list = Collections.synchronizedList(new ArrayList<>());
            together(() -> list.add(1), () -> list.add(2), () -> each[0] = "" + list.size());
            return new TreeSet<>(list) + each[0] + list;
        }
    }
}
