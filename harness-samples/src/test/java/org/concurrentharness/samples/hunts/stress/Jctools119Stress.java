package org.concurrentharness.samples.hunts.stress;

import java.util.concurrent.TimeUnit;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.StressTest;
import org.jctools.queues.SpscGrowableArrayQueue;

/**
 * <a href="https://github.com/JCTools/JCTools/issues/119">JCTools 119</a>: the producer's index is published before the element, so that the
 * only consumer sees that the queue is not empty, and gets nothing.
 */
class Jctools119Stress {
    private static final int ELEMENTS = 500;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SpscGrowableArrayQueue<Integer> queue = new SpscGrowableArrayQueue<>(1 << 4, 1 << 20);

    @Actor
    void offers() {
        for (int i = 0; i < ELEMENTS; i++) {
            queue.offer(i);
        }
    }

    @Actor
    void polls() {
        long begin = System.nanoTime();
        int polled = 0;
        while (polled < ELEMENTS && System.nanoTime() - begin < PATIENCE_NANOS) {
            if (!queue.isEmpty()) {
                if (queue.poll() == null) {
                    throw new AssertionError("not empty, yet no element");
                }
                polled++;
            }
        }
    }

    @StressTest(duration = "20s", timeout = "5s", stopAtFailure = true)
    void anElementIsThereWhenTheQueueIsNotEmpty() {}
}
