package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.concurrentharness.junit5.ConcurrentTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/**
 * A lost wake-up: producers and consumers wait for one monitor, and {@code notify} wakes just one of them, perhaps the wrong one.
 * It finds nothing to do and sleeps again; the one who could go on was never told. Reported as a deadlock.
 */
class BoundedBufferTests {
    /** Room for one element. */
    static class Buffer {
        private final boolean wakeAll;
        private @Nullable String element;

        Buffer(boolean wakeAll) {
            this.wakeAll = wakeAll;
        }

        synchronized void put(String added) throws InterruptedException {
            while (element != null) {
                wait();
            }
            element = added;
            wake();
        }

        synchronized String take() throws InterruptedException {
            String taken = element;
            while (taken == null) {
                wait();
                taken = element;
            }
            element = null;
            wake();
            return taken;
        }

        private void wake() {
            if (wakeAll) {
                notifyAll();
            } else {
                notify();
            }
        }
    }

    @Tag("broken")
    @ConcurrentTest
    void handsOverTwoElements() throws InterruptedException {
        handOverTwoElements(new Buffer(false));
    }

    @ConcurrentTest
    void handsOverTwoElementsWhenAllAreWoken() throws InterruptedException {
        handOverTwoElements(new Buffer(true));
    }

    private static void handOverTwoElements(Buffer buffer) throws InterruptedException {
        List<String> taken = new CopyOnWriteArrayList<>();
        Thread first = consumer(buffer, taken);
        Thread second = consumer(buffer, taken);
        buffer.put("a");
        buffer.put("b");
        first.join();
        second.join();

        assertThat(taken).containsExactlyInAnyOrder("a", "b");
    }

    private static Thread consumer(Buffer buffer, List<String> taken) {
        Thread consumer = new Thread(() -> {
            try {
                taken.add(buffer.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        consumer.start();
        return consumer;
    }
}
