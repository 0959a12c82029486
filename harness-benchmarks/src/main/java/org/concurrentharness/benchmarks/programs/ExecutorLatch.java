package org.concurrentharness.benchmarks.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool of two and a latch of two: the task that finds its token changed throws before it counts down, and the body waits for ever. */
public final class ExecutorLatch {
    private final AtomicInteger token = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(2);

    private void task() {
        int seen = token.get();
        token.set(seen + 1);
        if (token.get() != seen + 1) {
            throw new IllegalStateException("token changed");
        }
        done.countDown();
    }

    /** Runs the program once. */
    @SuppressWarnings("FutureReturnValueIgnored") // why nobody sees the exception
    public void run() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        pool.submit(this::task);
        pool.submit(this::task);
        done.await();
        pool.shutdown();
    }
}
