package org.concurrentharness.probe;

/** Tells what a call through an interface of {@code java.util} reaches, by the receiver's class. */
final class Receivers {
    /** Neither synchronizes nor is in {@code java.util.concurrent}: no point. */
    static final int PLAIN = 0;

    /** In {@code java.util.concurrent}, or a wrapper that takes its monitor inside. */
    static final int CONCURRENT = 1;

    /** Its methods are synchronized, which a retransformation cannot strip. */
    static final int SYNCHRONIZED = 2;

    private static final int SIZE = 256;

    /** A direct-mapped cache. Racy on purpose: an entry is immutable (final fields), so a reader sees a whole one or misses. */
    private static final Entry[] CACHE = new Entry[SIZE];

    private Receivers() {}

    static int kind(Class<?> type) {
        int index = type.hashCode() & SIZE - 1;
        Entry entry = CACHE[index];
        if (entry != null && entry.type == type) {
            return entry.kind;
        }
        int kind = find(type);
        if (type.getClassLoader() == null) {
            // campaign classes are not kept: the cache would hold their class loaders
            CACHE[index] = new Entry(type, kind);
        }
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
        return PLAIN;
    }

    private static final class Entry {
        final Class<?> type;
        final int kind;

        Entry(Class<?> type, int kind) {
            this.type = type;
            this.kind = kind;
        }
    }
}
