package org.concurrentharness.junit5.shared;

import java.util.ArrayList;
import java.util.List;

/** What happened, in order. */
public final class Journal {
    private static final List<String> ENTRIES = new ArrayList<>();

    private Journal() {}

    /** Adds an entry. */
    public static synchronized void add(String entry) {
        ENTRIES.add(entry);
    }

    /** Returns all entries and forgets them. */
    public static synchronized List<String> take() {
        List<String> entries = List.copyOf(ENTRIES);
        ENTRIES.clear();
        return entries;
    }
}
