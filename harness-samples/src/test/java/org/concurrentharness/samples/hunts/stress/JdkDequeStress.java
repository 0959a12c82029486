package org.concurrentharness.samples.hunts.stress;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.Outcome;
import org.concurrentharness.junit5.StressTest;
import org.jspecify.annotations.Nullable;

/**
 * A bug of the JDK, up to 25 at least: {@link ConcurrentLinkedDeque}, which holds 1. One thread takes the first element, the other
 * adds 0 in front of it and looks at the last one. Whoever comes first, the two see different elements; but both can see 1.
 */
class JdkDequeStress {
    private final ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();

    JdkDequeStress() {
        deque.addLast(1);
    }

    @Actor
    @Nullable
    Integer takesTheFirst() {
        return deque.pollFirst();
    }

    @Actor
    @Nullable
    Integer addsOneAndLooksAtTheLast() {
        deque.addFirst(0);
        return deque.peekLast();
    }

    @StressTest(duration = "20s", timeout = "5s", stopAtFailure = true)
    @Outcome(id = "1, 0", description = "taken before the other was added")
    @Outcome(id = "0, 1", description = "taken after the other was added")
    void bothEndsAgree() {}
}
