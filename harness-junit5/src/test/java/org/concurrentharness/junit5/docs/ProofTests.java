package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.explore.Search;
import org.concurrentharness.junit5.ConcurrentTest;

/** The examples of {@code docs/proofs.md}. */
class ProofTests {
    private static final class Counter {
        private int value;

        synchronized void increment() {
            value++;
        }

        synchronized int value() {
            return value;
        }
    }

    @ConcurrentTest(strategy = Search.EXHAUSTIVE, executions = 100_000, budget = "60s")
    void losesNoUpdate() throws InterruptedException {
        Counter counter = new Counter();
        Thread other = new Thread(counter::increment);
        other.start();
        counter.increment();
        other.join();
        assertThat(counter.value()).isEqualTo(2);
    }

    @ConcurrentTest(strategy = Search.EXHAUSTIVE, preemptions = 2, executions = 100_000, budget = "60s")
    void losesNoUpdateInThreeRounds() throws InterruptedException {
        Counter counter = new Counter();
        Runnable threeTimes = () -> {
            for (int i = 0; i < 3; i++) {
                counter.increment();
            }
        };
        Thread other = new Thread(threeTimes);
        other.start();
        threeTimes.run();
        other.join();
        assertThat(counter.value()).isEqualTo(6);
    }
}
