package org.concurrentharness.junit5.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What generated tests do: they take some time, and note when they start and end. */
public final class Journal {
    private static final List<String> ENTRIES = Collections.synchronizedList(new ArrayList<>());

    private Journal() {}

    public static void run(String id, int micros, boolean fails) {
        ENTRIES.add("+" + id);
        if (micros > 0) {
            LockSupport.parkNanos(micros * 1_000L); // a test that takes its time; nothing waits for it
        }
        ENTRIES.add("-" + id);
        if (fails) {
            throw new AssertionError("fails as generated");
        }
    }

    /** Returns the entries, and removes them. */
    static List<String> take() {
        synchronized (ENTRIES) {
            List<String> taken = List.copyOf(ENTRIES);
            ENTRIES.clear();
            return taken;
        }
    }
}
