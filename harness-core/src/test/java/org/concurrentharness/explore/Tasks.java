package org.concurrentharness.explore;

import java.util.concurrent.Callable;

/** What the bodies of tests need to be short. Runs inside campaigns. */
public final class Tasks {
    private Tasks() {}

    /** What a thread does. */
    public interface Task {
        void run() throws Exception;
    }

    /** Returns what a {@code Thread} can run. */
    public static Runnable runnable(Task task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
    }

    public static Thread start(Task task) {
        Thread thread = new Thread(runnable(task));
        thread.start();
        return thread;
    }

    /** Runs tasks in threads of their own, and waits for their end. */
    public static void together(Task... tasks) throws InterruptedException {
        Thread[] threads = new Thread[tasks.length];
        for (int i = 0; i < tasks.length; i++) {
            threads[i] = start(tasks[i]);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static void check(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    static void checkEquals(Object actual, Object expected) {
        if (!java.util.Objects.equals(actual, expected)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }

    /** Returns what {@code task} throws, which must be of {@code type}. */
    static <T extends Throwable> T thrownBy(Class<T> type, Callable<?> task) {
        Object result;
        try {
            result = task.call();
        } catch (Throwable e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw new AssertionError("expected " + type.getName() + " but " + e + " was thrown", e);
        }
        throw new AssertionError(
                "expected " + type.getName() + " but nothing was thrown, and the result was " + result);
    }

    /** Waits until a thread stands in a state, without which the test would prove nothing. */
    static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.yield();
        }
    }
}
