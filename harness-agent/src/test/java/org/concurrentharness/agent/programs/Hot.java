package org.concurrentharness.agent.programs;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;

/** Code that gets hot. */
public final class Hot {
    private final List<Integer> all;
    private int value;

    private Hot(List<Integer> given) {
        List<Integer> made = new ArrayList<>(given);
        for (int i = 0; i < 3; i++) {
            made.add(i);
        }
        all = made;
    }

    private int copy(int[] numbers) {
        int[] others = numbers.clone();
        Arrays.fill(others, 0, 2, value);
        System.arraycopy(numbers, 0, others, 1, 3);
        Arrays.sort(others);
        return others[0] + all.size();
    }

    private int read(StampedLock lock, AtomicInteger number) {
        long stamp = lock.tryOptimisticRead();
        int read = value;
        VarHandle.acquireFence();
        return lock.validate(stamp) && number.compareAndSet(read, read + 1) ? read : number.get();
    }

    private synchronized int add(int amount) {
        if (amount < 0) {
            throw new IllegalArgumentException();
        }
        return value += amount;
    }

    private int subtract(Object lock, int amount) {
        synchronized (lock) {
            try {
                synchronized (this) {
                    if (value < amount) {
                        return 0;
                    }
                    value -= amount;
                }
            } finally {
                value++;
            }
            return value;
        }
    }

    /** Runs for a second or two. */
    public static int run(int rounds) {
        Hot hot = new Hot(List.of(1));
        ConcurrentSkipListMap<Integer, Integer> sorted = new ConcurrentSkipListMap<>();
        StampedLock stamped = new StampedLock();
        AtomicInteger number = new AtomicInteger();
        int[] numbers = {3, 1, 2, 4};
        ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
        List<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(1)));
        List<Integer> copied = new CopyOnWriteArrayList<>(List.of(1, 2));
        Vector<Integer> vector = new Vector<>(List.of(1, 2));
        int sum = 0;
        for (int i = 0; i < rounds; i++) {
            hot = (i & 1023) == 0 ? new Hot(hot.all.subList(0, 1)) : hot;
            sum += hot.copy(numbers) + hot.read(stamped, number);
            sorted.put(i & 255, i);
            sum += sorted.getOrDefault(i & 127, 0);
            sum += hot.add(i & 7) + hot.subtract(list, i & 3);
            int key = i & 63;
            map.merge(key, 1, Integer::sum);
            map.compute(key, (k, v) -> v == null ? 1 : v + 1);
            map.computeIfAbsent(key + 64, k -> k);
            map.computeIfPresent(key, (k, v) -> (v & 1) == 0 ? v : null);
            map.put(key, i);
            map.replace(key, i, i + 1);
            map.remove(key + 64);
            list.set(0, i);
            sum += list.get(0) + list.indexOf(7) + list.hashCode();
            copied.set(0, i);
            sum += copied.remove(0);
            copied.add(i);
            for (int each : vector) {
                sum += each;
            }
            if (i % 1_000 == 0) {
                map.clear();
            }
        }
        return sum;
    }
}
