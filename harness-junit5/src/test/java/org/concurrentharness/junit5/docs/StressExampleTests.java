package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.Outcome;
import org.concurrentharness.junit5.StressTest;
import org.concurrentharness.stress.Expect;
import org.concurrentharness.stress.Outcomes;
import org.concurrentharness.stress.Stress;
import org.concurrentharness.stress.StressOptions;
import org.concurrentharness.stress.StressResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StressExampleTests {
    static class QueueTests {
        private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();

        @Actor
        void offers() {
            queue.offer(1);
            queue.offer(2);
        }

        @Actor
        @Nullable
        Integer polls() {
            return queue.poll();
        }

        @StressTest(duration = "2s")
        @Outcome(id = "1, 1", description = "polled in time")
        @Outcome(id = "null, 2", expect = Expect.INTERESTING, description = "polled too early")
        void keepsWhatWasNotPolled(Outcomes outcomes) {
            outcomes.add(queue.size());
        }
    }

    static class StatisticsTests {
        private final AtomicInteger count = new AtomicInteger();

        @StressTest(threads = 4, rounds = 10_000)
        void countsUp() {
            assertThat(count.incrementAndGet()).isBetween(1, 4);
        }
    }

    @Test
    void runsWithoutJUnit() throws InterruptedException {
        StressResult result = Stress.of(AtomicInteger::new)
                .actor("one", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
                .actor("two", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
                .expect("1, 2|2, 1", Expect.ACCEPTABLE, "one after the other")
                .options(StressOptions.defaults().duration(Duration.ofMillis(200)))
                .run()
                .orThrow();
        assertThat(result.failures()).isZero();
    }
}
