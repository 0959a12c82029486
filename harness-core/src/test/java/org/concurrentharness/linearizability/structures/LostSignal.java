package org.concurrentharness.linearizability.structures;

import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.linearizability.Range;

/** Holds one element; who waits for it is not told that it has come. */
public final class LostSignal {
    private int element;

    @Operation
    synchronized boolean put(@Range(from = 1, to = 2) int x) {
        if (element != 0) {
            return false;
        }
        element = x;
        return true;
    }

    @Operation
    synchronized int take() throws InterruptedException {
        while (element == 0) {
            wait();
        }
        int taken = element;
        element = 0;
        return taken;
    }
}
