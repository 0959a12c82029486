package org.concurrentharness.outside;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A pool that lives outside campaigns, as that of a shared library does. */
public final class OutsidePool {
    public static final String NAME = "outside";

    private static ExecutorService pool;

    private OutsidePool() {}

    public static void start() {
        pool = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, NAME);
            thread.setDaemon(true);
            return thread;
        });
        pool.submit(() -> {}); // its thread is nobody's
    }

    public static void stop() {
        pool.shutdown();
    }

    /** Runs a task when a thread waits, as its state says. */
    public static void executeWhenWaiting(Thread waiting, Runnable task) {
        pool.execute(() -> {
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            task.run();
        });
    }

    /** Runs a task a little later: the campaign is likely to wait by then. */
    public static void execute(Runnable task) {
        pool.execute(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            task.run();
        });
    }
}
