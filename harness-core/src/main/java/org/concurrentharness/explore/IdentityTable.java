package org.concurrentharness.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is known of an object, or of one of its variables, by identity. Open addressing; entries of earlier executions count
 * as empty by their epoch, so that starting an execution costs nothing and values are reused. Not thread-safe.
 *
 * @param <V> what is known
 */
abstract class IdentityTable<V> {
    private static final Object STATIC = new Object();
    private static final int INITIAL = 64;
    private static final int HINTS = 64;

    private final EngineHashes hashes;
    private @Nullable Object[] objects = new Object[INITIAL];

    /** The epoch in the upper half, the location in the lower. */
    private long[] tags = new long[INITIAL];

    private @Nullable Object[] values = new Object[INITIAL];

    /** All values that were ever made, for an execution to use from the first on: as many as one execution needed, and no more. */
    private @Nullable Object[] pool = new Object[INITIAL / 2 + 1];

    private int mask = INITIAL - 1;

    /** By location: the slot found last, since programs touch the same variables again and again. May be out of date. */
    private final int[] hints = new int[HINTS];

    private int size;
    private long epoch = 1L << 32;

    IdentityTable(EngineHashes hashes) {
        this.hashes = hashes;
    }

    /** Makes a value. */
    abstract V create();

    /** Prepares a value, new or of an earlier execution, for {@code object}. */
    abstract void reset(V value, Object object, int location);

    /** Returns whether an object stands for static fields. */
    static boolean isStatic(Object object) {
        return object == STATIC;
    }

    /** Forgets everything. */
    void clear() {
        epoch += 1L << 32;
        size = 0;
    }

    /** Lets go of every object, at the end of a campaign. */
    final void release() {
        clear();
        objects = new Object[INITIAL];
        tags = new long[INITIAL];
        values = new Object[INITIAL];
        pool = new Object[INITIAL / 2 + 1];
        mask = INITIAL - 1;
        Arrays.fill(hints, 0);
    }

    /** Returns what is known of {@code object} as a whole ({@code location} 0) or of a variable; null stands for static fields. */
    @SuppressWarnings("unchecked") // only values of create get in
    final V of(@Nullable Object object, int location) {
        Object key = object == null ? STATIC : object;
        long tag = epoch | (location & 0xFFFF_FFFFL);
        int hint = hints[location >>> 1 & HINTS - 1];
        if (tags[hint] == tag && objects[hint] == key) {
            return (V) values[hint];
        }
        return search(key, location, tag);
    }

    @SuppressWarnings("unchecked") // only values of create get in
    private V search(Object key, int location, long tag) {
        int i = slot(key, location);
        while (true) {
            long found = tags[i];
            if (found == tag && objects[i] == key) {
                hints[location >>> 1 & HINTS - 1] = i;
                return (V) values[i];
            }
            if ((found & 0xFFFF_FFFF_0000_0000L) != epoch) {
                return added(i, key, location, tag);
            }
            i = i + 1 & mask;
        }
    }

    /** As {@link #of}, but returns null when nothing is known. */
    @SuppressWarnings("unchecked") // only values of create get in
    final @Nullable V find(@Nullable Object object, int location) {
        Object key = object == null ? STATIC : object;
        long tag = epoch | (location & 0xFFFF_FFFFL);
        int hint = hints[location >>> 1 & HINTS - 1];
        if (tags[hint] == tag && objects[hint] == key) {
            return (V) values[hint];
        }
        if (size == 0) {
            return null; // without drawing a hash code
        }
        int i = slot(key, location);
        while (true) {
            long found = tags[i];
            if (found == tag && objects[i] == key) {
                hints[location >>> 1 & HINTS - 1] = i;
                return (V) values[i];
            }
            if ((found & 0xFFFF_FFFF_0000_0000L) != epoch) {
                return null;
            }
            i = i + 1 & mask;
        }
    }

    @SuppressWarnings("unchecked") // only values of create get in
    private V added(int slot, Object key, int location, long tag) {
        V value = (V) pool[size];
        if (value == null) {
            long before = tags[slot];
            int length = tags.length;
            int count = size;
            value = create();
            if (size != count || tags.length != length || tags[slot] != before) {
                return search(key, location, tag); // what a coverage agent put into create has been here meanwhile
            }
            pool[count] = value;
        }
        size++;
        objects[slot] = key;
        tags[slot] = tag;
        values[slot] = value;
        hints[location >>> 1 & HINTS - 1] = slot;
        reset(value, key, location);
        if (size * 2 > objects.length) {
            grow();
        }
        return value;
    }

    private void grow() {
        @Nullable Object[] oldObjects = objects;
        long[] oldTags = tags;
        @Nullable Object[] oldValues = values;
        int length = 2 * oldObjects.length;
        objects = new Object[length];
        tags = new long[length];
        values = new Object[length];
        pool = Arrays.copyOf(pool, length / 2 + 1);
        mask = length - 1;
        for (int i = 0; i < oldObjects.length; i++) {
            Object key = oldObjects[i];
            if (key != null && (oldTags[i] & 0xFFFF_FFFF_0000_0000L) == epoch) {
                int slot = slot(key, (int) oldTags[i]);
                while (tags[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                objects[slot] = key;
                tags[slot] = oldTags[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int slot(Object key, int location) {
        int h = hashes.of(key) * 0x9E3779B9 + location * 0x85EBCA6B;
        return (h ^ h >>> 15) & mask;
    }
}
