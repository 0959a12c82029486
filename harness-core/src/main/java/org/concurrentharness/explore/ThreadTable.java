package org.concurrentharness.explore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * The managed threads of an execution, and which of them are enabled. Reused from execution to execution.
 *
 * <p>{@link #find} may be called by threads that are not managed. They see an entry that was made before they were started,
 * and decide by the identity of the {@code Thread}, so that a stale view finds nothing and never a wrong one.
 */
final class ThreadTable {
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(ThreadTable.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile ManagedThread[] threads = new ManagedThread[0];
    /** Written by release: the entries before it are there for whoever sees it, and a fence for each thread would cost. */
    private int size;

    private ManagedThread[] enabled = new ManagedThread[8];
    private int enabledCount;
    private int yieldedCount;

    /** How many threads have a {@link ManagedThread#fairSince}. */
    private int fairCount;

    /** Counts steps, of whichever thread. */
    private long now;

    /** By the thread's identifier as the program sees it: a thread's entry is found in one step. */
    private volatile @Nullable ManagedThread[] byTid = new ManagedThread[64];

    private int usedTids;

    /** Begins an execution. */
    void clear() {
        ManagedThread[] all = threads;
        for (int i = 0; i < size; i++) {
            all[i].release();
        }
        Arrays.fill(byTid, 0, usedTids, null);
        usedTids = 0;
        SIZE.setRelease(this, 0);
        enabledCount = 0;
        yieldedCount = 0;
        fairCount = 0;
        now = 0;
    }

    int size() {
        return size;
    }

    /** Returns how many threads have taken a step. */
    int active() {
        int active = 0;
        for (int i = 0; i < size; i++) {
            active += threads[i].lastStep > 0 ? 1 : 0;
        }
        return active;
    }

    ManagedThread get(int id) {
        return threads[id];
    }

    ManagedThread add(Thread thread) {
        int id = size;
        if (id == threads.length) {
            ManagedThread[] longer = Arrays.copyOf(threads, Math.max(8, 2 * id));
            for (int i = id; i < longer.length; i++) {
                longer[i] = new ManagedThread(i);
            }
            threads = longer;
        }
        ManagedThread added = threads[id];
        added.reset(thread);
        long index = JdkInternals.tid(thread) & Probe.THREAD_IDS - 1;
        if (index < 1 << 16) {
            if (index >= byTid.length) {
                byTid = Arrays.copyOf(byTid, Math.max(2 * byTid.length, (int) index + 1));
            }
            byTid[(int) index] = added;
            usedTids = Math.max(usedTids, (int) index + 1);
        }
        SIZE.setRelease(this, id + 1);
        return added;
    }

    /** Returns the managed thread behind {@code thread}, or null. */
    @Nullable
    ManagedThread find(@Nullable Thread thread) {
        if (thread == null) {
            return null;
        }
        long index = JdkInternals.tid(thread) & Probe.THREAD_IDS - 1;
        @Nullable ManagedThread[] table = byTid;
        if (index < table.length) {
            ManagedThread found = table[(int) index];
            if (found != null && found.thread == thread) {
                return found;
            }
        }
        ManagedThread[] all = threads;
        for (int i = Math.min((int) SIZE.getAcquire(this), all.length) - 1; i >= 0; i--) {
            if (all[i].thread == thread) {
                return all[i];
            }
        }
        return null;
    }

    // ---- enabled threads, ascending ----

    int enabledCount() {
        return enabledCount;
    }

    /** Returns the enabled threads, {@link #enabledCount} of them; not to be changed. */
    ManagedThread[] enabled() {
        return enabled;
    }

    void enable(ManagedThread thread) {
        if (thread.enabled) {
            return;
        }
        thread.enabled = true;
        thread.enabledSince = now;
        if (enabledCount == enabled.length) {
            enabled = Arrays.copyOf(enabled, 2 * enabledCount);
        }
        int i = enabledCount++;
        while (i > 0 && enabled[i - 1].id > thread.id) {
            enabled[i] = enabled[i - 1];
            i--;
        }
        enabled[i] = thread;
    }

    void disable(ManagedThread thread) {
        if (!thread.enabled) {
            return;
        }
        thread.enabled = false;
        int i = 0;
        while (enabled[i] != thread) {
            i++;
        }
        enabledCount--;
        for (; i < enabledCount; i++) { // few enough that arraycopy does not pay
            enabled[i] = enabled[i + 1];
        }
    }

    // ---- threads that gave way ----

    /** Counts a step of {@code thread}. */
    void step(ManagedThread thread) {
        thread.lastStep = ++now;
        if (thread.fairSince != 0) {
            thread.fairSince = 0;
            fairCount--;
        }
        if (yieldedCount > 0) {
            stepped(thread);
        }
    }

    /** Returns true when all enabled threads may be chosen. */
    boolean allMayRun() {
        return yieldedCount == 0 && fairCount == 0;
    }

    /**
     * Returns whether a thread may be chosen: not when it has just given way, and not when it has given way twice and another
     * one was left out all the while. That is what makes every strategy fair (Musuvathi and Qadeer, Fair stateless model
     * checking, PLDI 2008): of threads that spin, none runs a second round before those that could make an end of it.
     */
    boolean mayRun(ManagedThread thread) {
        if (thread.yielded) {
            return false;
        }
        long since = thread.fairSince;
        if (since == 0) {
            return true;
        }
        for (int i = 0; i < enabledCount; i++) {
            ManagedThread other = enabled[i];
            if (other != thread && other.lastStep < since && other.enabledSince < since) {
                return false;
            }
        }
        return true;
    }

    void giveWay(ManagedThread thread) {
        if (thread.lastGaveWay != 0 && thread.fairSince == 0) {
            thread.fairSince = thread.lastGaveWay;
            fairCount++;
        }
        thread.lastGaveWay = now;
        thread.timesGivenWay++;
        if (!thread.yielded) {
            thread.yielded = true;
            yieldedCount++;
        }
    }

    /** Lets every thread that gave way to {@code stepped} be chosen again. */
    private void stepped(ManagedThread stepped) {
        boolean keep = stepped.yielded;
        ManagedThread[] all = threads;
        for (int i = 0; i < size; i++) {
            all[i].yielded = false;
        }
        stepped.yielded = keep;
        yieldedCount = keep ? 1 : 0;
    }
}
