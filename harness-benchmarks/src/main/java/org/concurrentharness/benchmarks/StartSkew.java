package org.concurrentharness.benchmarks;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.order.StartingGun;

/** How far apart two threads start: released by a {@link StartingGun}, and by a latch, in turns. */
final class StartSkew {
    private static final int ROUNDS = 4_000;
    private static final int WARM_UP = 1_000;

    private StartSkew() {}

    /** Prints nanoseconds. */
    static void run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        long[] gun = new long[ROUNDS];
        long[] latch = new long[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long byGun = byGun(threads);
            long byLatch = byLatch(threads);
            if (i >= 0) {
                gun[i] = byGun;
                latch[i] = byLatch;
            }
        }
        threads.shutdown();
        print("StartingGun", gun);
        print("CountDownLatch", latch);
    }

    private static long byGun(ExecutorService threads) throws Exception {
        StartingGun gun = StartingGun.of(2);
        Future<?> other = threads.submit(() -> {
            gun.await();
            return 0;
        });
        threads.submit(() -> {
                    gun.await();
                    return 0;
                })
                .get(1, TimeUnit.MINUTES);
        other.get(1, TimeUnit.MINUTES);
        return gun.skew().toNanos();
    }

    private static long byLatch(ExecutorService threads) throws Exception {
        CountDownLatch ready = new CountDownLatch(2);
        CountDownLatch start = new CountDownLatch(1);
        Future<Long> one = threads.submit(() -> start(ready, start));
        Future<Long> two = threads.submit(() -> start(ready, start));
        ready.await();
        start.countDown();
        return Math.abs(one.get(1, TimeUnit.MINUTES) - two.get(1, TimeUnit.MINUTES));
    }

    private static long start(CountDownLatch ready, CountDownLatch start) throws InterruptedException {
        ready.countDown();
        start.await();
        return System.nanoTime();
    }

    private static void print(String name, long[] skews) {
        Arrays.sort(skews);
        System.out.printf(
                "%s: median %,d ns, 90 %% %,d ns, 99 %% %,d ns%n",
                name, skews[ROUNDS / 2], skews[ROUNDS * 9 / 10], skews[ROUNDS * 99 / 100]);
    }
}
