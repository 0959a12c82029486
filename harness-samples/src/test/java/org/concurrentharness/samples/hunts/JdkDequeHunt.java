package org.concurrentharness.samples.hunts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrentharness.junit5.ConcurrentTest;

/**
 * A bug of the JDK, up to 25 at least: {@link ConcurrentLinkedDeque}, which holds 1. One thread takes the first element, the other
 * adds 0 in front of it and looks at the last one. Whoever comes first, the two see different elements; but both can see 1.
 */
class JdkDequeHunt {
    private final ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();
    private final AtomicReference<Integer> first = new AtomicReference<>();

    /** A call into the JDK is atomic, unless the test asks to look inside. One schedule in 800 shows the bug. */
    @ConcurrentTest(inside = "java.util.concurrent", executions = 20_000, budget = "30s")
    void bothEndsAgree() throws InterruptedException {
        deque.addLast(1);

        Thread other = new Thread(() -> first.set(deque.pollFirst()));
        other.start();
        deque.addFirst(0);
        Integer last = deque.peekLast();
        other.join();

        assertThat(last).isNotEqualTo(first.get());
    }
}
