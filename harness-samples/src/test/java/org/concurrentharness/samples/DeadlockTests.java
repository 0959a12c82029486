package org.concurrentharness.samples;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Tag;

/** Two locks in two orders. No assertion is needed: threads that wait for ever are a failure. */
class DeadlockTests {
    private final Lock left = new ReentrantLock();
    private final Lock right = new ReentrantLock();

    @Tag("broken")
    @ConcurrentTest
    void locksBoth() throws InterruptedException {
        Thread other = new Thread(() -> lockBoth(right, left));
        other.start();
        lockBoth(left, right);
        other.join();
    }

    /** The mend: one order for everybody. */
    @ConcurrentTest
    void locksBothInOneOrder() throws InterruptedException {
        Thread other = new Thread(() -> lockBoth(left, right));
        other.start();
        lockBoth(left, right);
        other.join();
    }

    private static void lockBoth(Lock first, Lock second) {
        first.lock();
        try {
            second.lock();
            second.unlock();
        } finally {
            first.unlock();
        }
    }
}
