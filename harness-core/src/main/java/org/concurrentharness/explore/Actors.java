package org.concurrentharness.explore;

import java.util.List;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action in several managed threads together: what integrations use for {@code threads} greater than one and for actors.
 *
 * @since 0.1
 */
public final class Actors {
    private final Action action;
    private final @Nullable Object[] results;

    /** Plain: one managed thread runs at a time, and joining orders the writes before the reads. */
    private boolean failed;

    private Actors(Action action, int count) {
        this.action = action;
        this.results = new @Nullable Object[count];
    }

    /**
     * Starts one thread for each name, runs the action in all of them and joins them. To be called on a managed thread. What the
     * action throws leaves its thread uncaught, which fails the execution.
     *
     * @param names the names of the threads
     * @param action what each of them does
     * @return the results by index, or null when a thread has failed
     */
    public static @Nullable Object @Nullable [] together(List<String> names, Action action)
            throws InterruptedException {
        Actors actors = new Actors(action, names.size());
        Thread[] threads = new Thread[names.size()];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] = new Thread(() -> actors.run(index), names.get(i));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            Probe.join(thread, 0); // Thread.join is a synchronized method on JDK 17
        }
        return actors.failed ? null : actors.results;
    }

    /**
     * Returns whether the execution is over and its threads are being unwound: what a managed thread does or returns now is no part
     * of it.
     */
    public static boolean unwinding() {
        return Probe.listener instanceof Hooks hooks && hooks.scheduler.aborting();
    }

    private void run(int index) {
        try {
            results[index] = action.run(index);
        } catch (Throwable t) {
            failed = true;
            throw Actors.<RuntimeException>unchecked(t);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the usual way to throw what Runnable does not declare
    private static <T extends Throwable> T unchecked(Throwable t) throws T {
        throw (T) t;
    }

    /**
     * What actors do.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Action {
        /** Runs as the actor of the given index, from 0, and returns its result, null for none. */
        @Nullable
        Object run(int index) throws Throwable;
    }
}
