package org.concurrentharness.benchmarks.peers;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrentharness.benchmarks.programs.Subject;
import org.jspecify.annotations.Nullable;

/** What one does without a tool: run the program again and again on real threads. Nothing done for two seconds is a hang. */
final class LoopHunt implements Hunt {
    private static final long HANG_MILLIS = 2_000;

    private final Subject subject;
    private final Duration budget;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    LoopHunt(Subject subject, Duration budget) {
        this.subject = subject;
        this.budget = budget;
    }

    @Override
    public Result run() throws InterruptedException {
        long end = System.nanoTime() + budget.toNanos();
        Thread loop = new Thread(() -> {
            while (failure.get() == null && System.nanoTime() < end) {
                runs.incrementAndGet();
                try {
                    subject.run();
                } catch (Exception | AssertionError e) {
                    failure.set(e);
                }
            }
        });
        loop.start();
        long before;
        do {
            before = runs.get();
            loop.join(HANG_MILLIS);
        } while (loop.isAlive() && runs.get() != before);
        Throwable thrown = failure.get();
        if (loop.isAlive()) {
            return new Result(true, runs.get(), "hangs; " + HANG_MILLIS / 1_000 + " s of waiting are in the time");
        }
        return thrown != null
                ? new Result(true, runs.get(), thrown.getClass().getSimpleName())
                : new Result(false, runs.get(), "nothing");
    }

    @Override
    public long executions() {
        return runs.get();
    }
}
