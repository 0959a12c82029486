package org.concurrentharness.agent.programs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Vector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/** Calls of JDK classes that synchronize. */
public final class Calls {
    private Calls() {}

    public static class Atomics {
        static long run() {
            AtomicInteger number = new AtomicInteger(1);
            number.get();
            number.set(2);
            number.compareAndSet(2, 3);
            AtomicLong big = new AtomicLong();
            big.addAndGet(5L);
            big.compareAndSet(5L, 6L);
            AtomicLongArray array = new AtomicLongArray(2);
            array.compareAndSet(1, 0L, 8L);
            return number.get() + big.get() + array.get(1) + number.hashCode() * 0;
        }
    }

    public static class MyLock extends ReentrantLock {
        private static final long serialVersionUID = 1;
        int locked;

        @Override
        public void lock() {
            locked++;
            super.lock();
        }

        void own() {}

        static int run() {
            MyLock lock = new MyLock();
            lock.lock();
            lock.own();
            lock.unlock();
            return lock.locked;
        }
    }

    interface MyQueue<E> extends BlockingQueue<E> {
        void mine();
    }

    public static class MyLinkedQueue<E> extends LinkedBlockingQueue<E> implements MyQueue<E> {
        private static final long serialVersionUID = 1;

        @Override
        public void mine() {}

        static int run() throws InterruptedException {
            MyQueue<String> queue = new MyLinkedQueue<>();
            queue.mine();
            queue.put("a");
            queue.offer("b", 1, TimeUnit.SECONDS);
            return queue.size();
        }
    }

    public static class Collected {
        static int run() {
            Map<String, Integer> map = new ConcurrentHashMap<>();
            map.put("a", 1);
            map.replace("a", 1, 2);
            Map<String, Integer> plain = new HashMap<>();
            plain.put("a", 1);
            plain.replace("a", 1, 2);
            Queue<String> queue = new ConcurrentLinkedQueue<>();
            queue.add("q");
            int sum = 0;
            for (String each : queue) {
                sum += each.length();
            }
            List<Integer> wrapped = Collections.synchronizedList(new ArrayList<>());
            wrapped.add(0, 4);
            Vector<Integer> vector = new Vector<>();
            vector.add(1);
            Collection<Integer> seen = vector;
            return sum + seen.size() + wrapped.get(0);
        }
    }

    public static class Timed {
        static boolean run() throws InterruptedException {
            CountDownLatch latch = new CountDownLatch(1);
            latch.countDown();
            return latch.await(1, TimeUnit.DAYS);
        }
    }
}
