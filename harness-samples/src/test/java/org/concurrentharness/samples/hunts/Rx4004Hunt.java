package org.concurrentharness.samples.hunts;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.ConcurrentTest;
import rx.internal.util.atomic.SpscLinkedArrayQueue;

/**
 * <a href="https://github.com/ReactiveX/RxJava/issues/4004">RxJava 4004</a>: the mistake of {@link Jctools119Hunt}, in a queue
 * that was copied from there.
 */
class Rx4004Hunt {
    private final SpscLinkedArrayQueue<String> queue = new SpscLinkedArrayQueue<>(16);

    @ConcurrentTest
    void anElementIsThereWhenTheQueueIsNotEmpty() throws InterruptedException {
        Thread producer = new Thread(() -> queue.offer("element"));
        producer.start();

        if (!queue.isEmpty()) {
            assertThat(queue.poll()).isEqualTo("element");
        }
        producer.join();
    }
}
