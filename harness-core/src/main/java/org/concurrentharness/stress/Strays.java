package org.concurrentharness.stress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The group of a run's threads and, as a group is inherited, of those that they start: what one of these throws and nobody handles
 * comes here, and from here goes to whom it would have gone without this group. A thread with a handler of its own does not come here.
 *
 * <p>A group is neither destroyed nor a daemon: a pool that was made in a round, and outlives the run, must be able to start threads in
 * it. After the run it holds nothing.
 */
final class Strays extends ThreadGroup {
    /** Set in the threads of runs, so that the constructor of a thread that one of them makes asks where it comes from. */
    private static final InheritableThreadLocal<Origin> ORIGIN = new InheritableThreadLocal<>() {
        @Override
        protected Origin childValue(Origin parentValue) {
            return Thread.currentThread() instanceof Worker<?> worker ? worker.origin() : parentValue;
        }
    };

    private static final long SLICE_MILLIS = 1;

    private final List<Stray> strays = new ArrayList<>();
    private boolean closed;

    Strays() {
        super("stress");
    }

    /**
     * Where a thread was made.
     *
     * @param round in which round, from 1
     * @param start how that started
     * @param by who made it, such as {@code actor deposits}
     */
    record Origin(long round, Start start, String by) {}

    /**
     * A thread that ended by what nobody handled.
     *
     * @param thread its name
     * @param origin where it was made, or null if that is not known
     * @param cause what it threw
     */
    record Stray(String thread, @Nullable Origin origin, Throwable cause) {}

    /** Makes the calling thread, one of the run's, ask its children where they come from. */
    static void follow(Worker<?> worker) {
        ORIGIN.set(worker.origin());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        synchronized (strays) {
            if (!closed) {
                strays.add(new Stray(thread.getName(), ORIGIN.get(), thrown));
            }
        }
        super.uncaughtException(thread, thrown);
    }

    boolean isEmpty() {
        synchronized (strays) {
            return strays.isEmpty();
        }
    }

    /** Returns what has come; what comes later is not kept. */
    List<Stray> close() {
        synchronized (strays) {
            closed = true;
            List<Stray> all = List.copyOf(strays);
            strays.clear();
            return all;
        }
    }

    /** Waits until all threads have ended that do not wait for something themselves, as idle threads of a pool do. */
    void awaitBusy(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (Thread thread : threads()) {
            while (isBusy(thread) && System.nanoTime() - end < 0) {
                thread.join(SLICE_MILLIS);
            }
        }
    }

    private static boolean isBusy(Thread thread) {
        return thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.BLOCKED;
    }

    private List<Thread> threads() {
        Thread[] all = new Thread[activeCount() + 1];
        int count = enumerate(all);
        while (count == all.length) { // there may be more, which would be left out in silence
            all = new Thread[2 * all.length];
            count = enumerate(all);
        }
        return Arrays.asList(all).subList(0, count);
    }
}
