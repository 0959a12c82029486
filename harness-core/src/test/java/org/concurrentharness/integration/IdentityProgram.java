package org.concurrentharness.integration;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.probe.Probe;

/** Looks, between switches, whether the current thread and the engine's idea of it are who they should be. */
final class IdentityProgram {
    private static final int THREADS = 3;
    private static final int ROUNDS = 4;

    private IdentityProgram() {}

    static void body() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int id = i;
            threads[i] = new Thread(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    check(threads[id]);
                    turns.incrementAndGet();
                }
                check(threads[id]);
            });
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (turns.get() != THREADS * ROUNDS) {
            throw new AssertionError("turns: " + turns);
        }
    }

    private static void check(Thread self) {
        if (Thread.currentThread() != self) {
            throw new AssertionError("current thread is " + Thread.currentThread() + " and not " + self);
        }
        if (Probe.current != self) {
            throw new AssertionError("the engine runs " + Probe.current + " and not " + self);
        }
    }

    public static void main(String[] arguments) {
        Options options = Options.defaults()
                .strategy(Search.RANDOM) // small programs are proved, and not run again and again
                .carrier(CarrierKind.FIBERS)
                .executions(Integer.parseInt(arguments[0]))
                .budget(Duration.ofMinutes(4))
                .seed(1);
        Exploration result = Explorer.explore(options, IdentityProgram::body);
        System.out.println(result.verdict() + " " + result.executions());
        System.out.println(result.failure().map(Failure::report).orElse(""));
    }
}
