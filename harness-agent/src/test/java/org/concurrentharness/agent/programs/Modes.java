package org.concurrentharness.agent.programs;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** Accesses in several memory modes. */
public final class Modes {
    private static final AtomicIntegerFieldUpdater<Modes> READY =
            AtomicIntegerFieldUpdater.newUpdater(Modes.class, "ready");

    private volatile int ready;
    private int plain;

    private Modes() {}

    static int run() {
        Modes it = new Modes();
        it.plain = 1;
        it.ready = it.plain;
        READY.incrementAndGet(it);
        VarHandle.acquireFence();
        int[] array = new int[1];
        array[0] = it.ready;
        VarHandle.fullFence();
        Thread thread = new Thread(() -> {});
        thread.interrupt();
        return thread.isInterrupted() ? array[0] : 2;
    }
}
