package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.BenignRace;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** A data race: {@code visits++} reads, adds and writes, and a lock that only one of two methods takes orders nothing. */
class VisitCounterTests {
    static class Counter {
        private int visits;

        synchronized void visit() {
            visits++;
        }

        int visits() {
            return visits;
        }
    }

    @Tag("broken")
    @ConcurrentTest
    void showsHowManyHaveCome() throws InterruptedException {
        Counter counter = new Counter();

        Thread visitor = new Thread(counter::visit, "visitor");
        visitor.start();
        assertThat(counter.visits()).isBetween(0, 1);
        visitor.join();
    }

    /** The mend: who reads takes the lock as well. */
    static class GuardedCounter extends Counter {
        @Override
        synchronized int visits() {
            return super.visits();
        }
    }

    @ConcurrentTest
    void showsHowManyHaveComeUnderTheLock() throws InterruptedException {
        Counter counter = new GuardedCounter();

        Thread visitor = new Thread(counter::visit, "visitor");
        visitor.start();
        assertThat(counter.visits()).isBetween(0, 1);
        visitor.join();
    }

    /** A race that is wanted: a statistic which may be a little off, and must cost nothing. */
    @Nested
    class Statistic {
        static class Cache {
            @BenignRace("a statistic: a lost update makes it a little too small, and nothing depends on it")
            private int hits;

            void hit() {
                hits++;
            }
        }

        @ConcurrentTest
        void countsMostHits() throws InterruptedException {
            Cache cache = new Cache();

            Thread other = new Thread(cache::hit);
            other.start();
            cache.hit();
            other.join();

            assertThat(cache.hits).isBetween(1, 2);
        }
    }
}
