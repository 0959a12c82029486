package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StressTestStepsTests {
    static class Idiom {
        private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> steps = new LinkedBlockingQueue<>();
        private final CountDownLatch never = new CountDownLatch(1);
        private volatile @Nullable Thread worker;

        @BeforeEach
        void begins() throws InterruptedException {
            steps.put("begun");
        }

        @Actor
        void works() {
            worker = Thread.currentThread();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.add("stopped");
        }

        @Actor
        void stops() {
            Thread seen = worker;
            while (seen == null) {
                Thread.onSpinWait();
                seen = worker;
            }
            seen.interrupt();
        }

        @StressTest(rounds = 200)
        void isStopped() throws InterruptedException {
            assertThat(out.take()).isEqualTo("stopped");
        }

        @AfterEach
        void ends() throws InterruptedException {
            assertThat(steps.take()).isEqualTo("begun");
        }
    }

    @Test
    void theUsualIdiomPasses() {
        TestRun.of(Idiom.class).assertSucceeded(1);
    }

    static class HangsAfterwards {
        @StressTest(rounds = 1, timeout = "300ms")
        void test() {}

        @AfterEach
        void hangs() throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void tellsThatAfterEachHangs() {
        assertThat(TestRun.of(HangsAfterwards.class).failure())
                .hasMessageStartingWith(
                        "Round 1 hangs: what follows it (after, @AfterEach) did not end within 0.3 s.\n")
                .hasMessageContaining("(hung)        1  100 %");
    }
}
