package org.concurrentharness.benchmarks.programs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Two threads that ask a concurrent map for a key and then put it: both may create. */
public final class CheckThenAct {
    private final ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
    private final AtomicInteger created = new AtomicInteger();

    private void createOnce() {
        if (!map.containsKey("k")) {
            map.put("k", 1);
            created.incrementAndGet();
        }
    }

    /** Runs the program once. */
    public void run() throws InterruptedException {
        Thread first = new Thread(this::createOnce);
        Thread second = new Thread(this::createOnce);
        first.start();
        second.start();
        first.join();
        second.join();
        if (created.get() != 1) {
            throw new AssertionError("created " + created.get() + " times");
        }
    }
}
