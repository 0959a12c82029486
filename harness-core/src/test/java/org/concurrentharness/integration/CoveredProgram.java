package org.concurrentharness.integration;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;

/** Finds the same bug with several seeds, and prints all that could differ. */
final class CoveredProgram {
    private CoveredProgram() {}

    static final class Counter {
        private final AtomicInteger value = new AtomicInteger();
        private volatile int last;

        void increment() {
            for (int i = 0; i < 2; i++) {
                int seen = value.get();
                value.set(seen + 1);
                last = seen;
            }
        }

        synchronized int total() {
            return value.get();
        }

        int neverCalled() {
            return last;
        }
    }

    static void body() throws InterruptedException {
        Counter counter = new Counter();
        Thread other = new Thread(counter::increment);
        other.start();
        counter.increment();
        other.join();
        if (counter.total() != 4) {
            throw new AssertionError("lost update");
        }
    }

    public static void main(String[] arguments) {
        for (long seed = 1; seed <= 10; seed++) {
            Exploration result = Explorer.explore(Options.defaults().seed(seed), CoveredProgram::body);
            Failure failure = result.failure().orElseThrow();
            System.out.println("seed " + seed + ": " + result.executions() + " executions, " + failure.replayToken());
            failure.trace().forEach(step -> System.out.println("  " + step));
        }
    }
}
