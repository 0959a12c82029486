package org.concurrentharness.explore.programs;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.concurrentharness.explore.Tasks;

/** Programs that look before they act, and what they saw is no longer true; each with the mended one beside it. */
final class Checks {
    private Checks() {}

    /** Two of three customers see enough money for both. */
    static void account(boolean broken) throws Exception {
        AtomicInteger balance = new AtomicInteger(100);
        Tasks.Task withdraw = () -> {
            if (broken) {
                if (balance.get() >= 60) {
                    balance.addAndGet(-60);
                }
            } else {
                balance.updateAndGet(money -> money >= 60 ? money - 60 : money);
            }
        };
        Tasks.together(withdraw, withdraw, withdraw);
        Programs.check(balance.get() >= 0, "overdrawn");
    }

    /** Two threads create what there should be one of. */
    static void lazy(boolean broken) throws Exception {
        AtomicInteger created = new AtomicInteger();
        Object lock = new Object();
        var holder = new Object() {
            volatile int instance;

            int get() {
                if (instance == 0) {
                    synchronized (lock) {
                        if (broken || instance == 0) {
                            instance = created.incrementAndGet();
                        }
                    }
                }
                return instance;
            }
        };
        Tasks.together(holder::get, holder::get);
        Programs.check(created.get() == 1, "created twice");
    }

    /** Looks whether the queue is empty, and takes from it when it is. */
    static void queue(boolean broken) throws Exception {
        Queue<Integer> queue = new ConcurrentLinkedQueue<>();
        AtomicInteger sum = new AtomicInteger();
        Tasks.Task take = () -> {
            if (broken) {
                if (!queue.isEmpty()) {
                    sum.addAndGet(queue.poll());
                }
            } else {
                Integer taken = queue.poll();
                sum.addAndGet(taken == null ? 0 : taken);
            }
        };
        Tasks.together(() -> queue.add(1), take, take);
    }

    /** The lock is given back between the look and the act. */
    static void readersWriters(boolean broken) throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        ArrayDeque<String> created = new ArrayDeque<>();
        Tasks.Task writer = () -> {
            lock.readLock().lock();
            boolean missing = created.isEmpty();
            lock.readLock().unlock();
            if (missing) {
                lock.writeLock().lock();
                if (broken || created.isEmpty()) {
                    created.add("value");
                }
                lock.writeLock().unlock();
            }
        };
        Tasks.together(writer, writer, () -> {
            lock.readLock().lock();
            created.size();
            lock.readLock().unlock();
        });
        Programs.check(created.size() == 1, "written twice");
    }

    /** Writes to the buffer what another one was long, as the StringBuffer of JDK 1.4 did. */
    static void append(boolean broken) throws Exception {
        StringBuffer from = new StringBuffer("abc");
        char[] to = new char[3];
        Tasks.together(
                () -> {
                    if (broken) {
                        int length = from.length();
                        from.getChars(0, length, to, 0);
                    } else {
                        synchronized (from) {
                            int length = from.length();
                            from.getChars(0, length, to, 0);
                        }
                    }
                },
                () -> {
                    from.setLength(0);
                    from.append("def");
                });
    }

    /** Counts whoever finds a future open, although another one completes it first. */
    static void future(boolean broken) throws Exception {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        AtomicInteger winners = new AtomicInteger();
        Tasks.Task complete = () -> {
            if (broken) {
                if (!future.isDone()) {
                    future.complete(1);
                    winners.incrementAndGet();
                }
            } else if (future.complete(1)) {
                winners.incrementAndGet();
            }
        };
        Tasks.together(complete, complete, future::join);
        Programs.check(winners.get() == 1, "two winners");
    }

    /** Counts words with get and put. */
    static void words(boolean broken) throws Exception {
        ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
        Tasks.Task count = () -> {
            for (String word : new String[] {"a", "b", "a"}) {
                if (broken) {
                    counts.put(word, counts.getOrDefault(word, 0) + 1);
                } else {
                    counts.merge(word, 1, Integer::sum);
                }
            }
        };
        Tasks.together(count, count);
        Programs.check(counts.get("a") == 4 && counts.get("b") == 2, "lost a word");
    }
}
