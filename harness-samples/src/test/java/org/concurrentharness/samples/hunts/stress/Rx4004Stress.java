package org.concurrentharness.samples.hunts.stress;

import java.util.concurrent.TimeUnit;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.StressTest;
import rx.internal.util.atomic.SpscLinkedArrayQueue;

/**
 * <a href="https://github.com/ReactiveX/RxJava/issues/4004">RxJava 4004</a>: the mistake of {@link Jctools119Stress}, in a
 * queue that was copied from there.
 */
class Rx4004Stress {
    private static final int ELEMENTS = 500;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SpscLinkedArrayQueue<Integer> queue = new SpscLinkedArrayQueue<>(16);

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
