package org.concurrentharness.benchmarks.peers;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrentharness.benchmarks.programs.Subject;
import org.jspecify.annotations.Nullable;

/** What one does without a tool: run the program again and again on real threads. Two seconds in which all of its threads wait are a hang. */
final class LoopHunt implements Hunt {
    private static final long HANG_MILLIS = 2_000;

    private final Subject subject;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    LoopHunt(Subject subject) {
        this.subject = subject;
    }

    @Override
    public Result run() throws InterruptedException {
        Thread loop = new Thread(() -> {
            while (failure.get() == null) {
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
        } while (loop.isAlive() && (runs.get() != before || anyRuns()));
        Throwable thrown = failure.get();
        return thrown != null
                ? new Result(true, runs.get(), thrown.getClass().getSimpleName())
                : new Result(true, runs.get(), "hangs; " + HANG_MILLIS / 1_000 + " s of waiting are in the time");
    }

    /** Returns whether a thread of the program could go on: on a crowded machine that alone may take seconds. */
    private static boolean anyRuns() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread != Thread.currentThread())
                .anyMatch(thread ->
                        thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.BLOCKED);
    }

    @Override
    public long executions() {
        return runs.get();
    }
}
