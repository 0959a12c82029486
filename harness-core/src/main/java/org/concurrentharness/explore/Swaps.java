package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * The compare-and-sets that a thread has begun, the innermost last. There can be several: the first use of a handle links it, and
 * the JDK's code for that swaps, too.
 */
final class Swaps {
    /** One that throws leaves its entry behind, so that there may be more entries than swaps; the oldest are forgotten. */
    private static final int MOST = 16;

    private final @Nullable Shadow[] shadows = new @Nullable Shadow[MOST];
    private final int[] modes = new int[MOST];
    private final int[] initDepths = new int[MOST];
    private int count;
    private int mode;

    /** Notes that {@code shadow} is about to be swapped; {@code initDepth} tells how many class initialisers that is inside of. */
    void begin(Shadow shadow, int newMode, int initDepth) {
        if (count == MOST) {
            System.arraycopy(shadows, 1, shadows, 0, MOST - 1);
            System.arraycopy(modes, 1, modes, 0, MOST - 1);
            System.arraycopy(initDepths, 1, initDepths, 0, MOST - 1);
            count--;
        }
        shadows[count] = shadow;
        modes[count] = newMode;
        initDepths[count++] = initDepth;
    }

    /** Returns what was swapped; null for a swap of a class initialiser, which nobody notes. */
    @Nullable
    Shadow end(int initDepth) {
        while (count > 0 && initDepths[count - 1] > initDepth) {
            shadows[--count] = null;
        }
        if (count == 0 || initDepths[count - 1] < initDepth) {
            return null;
        }
        Shadow shadow = shadows[--count];
        shadows[count] = null;
        mode = modes[count];
        return shadow;
    }

    /** Returns the access mode of what {@link #end} returned. */
    int mode() {
        return mode;
    }

    void clear() {
        while (count > 0) {
            shadows[--count] = null;
        }
    }
}
