package org.concurrentharness.samples.hunts;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.ConcurrentTest;
import org.jctools.queues.SpscGrowableArrayQueue;

/**
 * <a href="https://github.com/JCTools/JCTools/issues/119">JCTools 119</a>: the queue publishes the producer's index before the
 * element, so that a consumer sees a queue that is not empty, and gets nothing out of it.
 */
class Jctools119Hunt {
    private final SpscGrowableArrayQueue<String> queue = new SpscGrowableArrayQueue<>(16, 32);

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
