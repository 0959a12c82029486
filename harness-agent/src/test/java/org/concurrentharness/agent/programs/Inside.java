package org.concurrentharness.agent.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** Programs whose memory accesses inside the JDK matter. */
public final class Inside {
    private Inside() {}

    public static class Lock {
        static boolean run() {
            ReentrantLock lock = new ReentrantLock();
            lock.lock();
            lock.unlock();
            return lock.isLocked();
        }
    }

    public static class Atomic {
        static int run() {
            AtomicInteger number = new AtomicInteger();
            number.incrementAndGet();
            return number.get();
        }
    }

    public static class Swaps {
        static boolean run() {
            AtomicInteger number = new AtomicInteger();
            AtomicReference<String> name = new AtomicReference<>("a");
            return number.compareAndSet(0, 1) && !number.compareAndSet(0, 1) && name.compareAndSet("a", "b");
        }
    }

    public static class Task {
        static String run() throws Exception {
            FutureTask<String> task = new FutureTask<>(() -> "x");
            task.run();
            return task.get();
        }
    }

    public static class Lists {
        static int run() {
            List<String> list = new ArrayList<>();
            list.add("a");
            return list.size();
        }
    }

    public static class Maps {
        static int run() {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            map.put("a", 1);
            return map.merge("a", 1, Integer::sum);
        }
    }
}
