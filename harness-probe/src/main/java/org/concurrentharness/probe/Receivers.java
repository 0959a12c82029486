package org.concurrentharness.probe;

import java.lang.ref.WeakReference;

/** Tells what a call through an interface of {@code java.util} reaches, by the receiver's class. */
final class Receivers {
    /** Neither synchronizes nor is in {@code java.util.concurrent}: no point. */
    static final int PLAIN = 0;

    /** In {@code java.util.concurrent}, or a wrapper that takes its monitor inside. */
    static final int CONCURRENT = 1;

    /** Its methods are synchronized, which a retransformation cannot strip. */
    static final int SYNCHRONIZED = 2;

    /** Another class of {@code java.util}: its users must synchronize. */
    static final int UNSYNCHRONIZED = 3;

    private static final int SIZE = 256;

    /**
     * A direct-mapped cache. Racy on purpose: an entry's own field is final, so a reader sees a whole one or misses. Weak, since a
     * strong one would hold the class loaders of campaigns.
     */
    private static final Entry[] CACHE = new Entry[SIZE];

    private Receivers() {}

    static int kind(Class<?> type) {
        int index = type.hashCode() & SIZE - 1;
        Entry entry = CACHE[index];
        if (entry != null && entry.refersTo(type)) {
            return entry.kind;
        }
        int kind = find(type);
        CACHE[index] = new Entry(type, kind);
        return kind;
    }

    private static int find(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            String name = c.getName();
            if (name.startsWith("java.util.concurrent.") || name.startsWith("java.util.Collections$Synchronized")) {
                return CONCURRENT;
            }
            if (name.equals("java.util.Vector")
                    || name.startsWith("java.util.Vector$")
                    || name.equals("java.util.Hashtable")
                    || name.startsWith("java.util.Hashtable$")
                    || name.equals("java.util.Properties")) {
                return SYNCHRONIZED;
            }
        }
        String name = type.getName();
        return name.startsWith("java.util.")
                        && !name.startsWith("java.util.ImmutableCollections")
                        && !name.startsWith("java.util.Collections$Empty")
                        && !name.startsWith("java.util.Collections$Singleton")
                ? UNSYNCHRONIZED
                : PLAIN;
    }

    private static final class Entry extends WeakReference<Class<?>> {
        final int kind;

        Entry(Class<?> type, int kind) {
            super(type);
            this.kind = kind;
        }
    }
}
