package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * Finds the shadow of an object, or of one of its fields, by identity. Open addressing; entries of earlier executions count as
 * empty by their epoch, so that starting an execution costs nothing and shadows are reused.
 */
final class ShadowTable {
    private static final Object STATIC = new Object();

    private @Nullable Shadow[] slots = new Shadow[64];
    private int mask = 63;
    private int size;
    private int epoch = 1;

    /** Forgets every shadow. */
    void clear() {
        epoch++;
        size = 0;
    }

    /** Lets go of every object, at the end of a campaign. */
    void release() {
        clear();
        slots = new Shadow[1];
        mask = 0;
    }

    /** Returns the shadow of {@code object} as a whole ({@code location} 0) or of a field; null stands for static fields. */
    Shadow of(@Nullable Object object, int location) {
        Object key = object == null ? STATIC : object;
        int i = slot(key, location);
        while (true) {
            Shadow shadow = slots[i];
            if (shadow == null) {
                shadow = new Shadow();
                slots[i] = shadow;
                return added(shadow, key, location);
            }
            if (shadow.epoch != epoch) {
                return added(shadow, key, location);
            }
            if (shadow.object == key && shadow.location == location) {
                return shadow;
            }
            i = i + 1 & mask;
        }
    }

    private Shadow added(Shadow shadow, Object key, int location) {
        shadow.reset(key, location, epoch);
        if (++size * 2 > slots.length) {
            grow();
        }
        return shadow;
    }

    private void grow() {
        @Nullable Shadow[] old = slots;
        slots = new Shadow[2 * old.length];
        mask = slots.length - 1;
        for (Shadow shadow : old) {
            if (shadow != null && shadow.epoch == epoch && shadow.object != null) {
                int i = slot(shadow.object, shadow.location);
                while (slots[i] != null) {
                    i = i + 1 & mask;
                }
                slots[i] = shadow;
            }
        }
    }

    private int slot(Object key, int location) {
        int h = System.identityHashCode(key) * 0x9E3779B9 + location * 0x85EBCA6B;
        return (h ^ h >>> 15) & mask;
    }
}
