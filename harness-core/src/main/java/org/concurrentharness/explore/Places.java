package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Numbers the places of a campaign from 0, in the order in which its strategy meets them: unlike the numbers of sites, which count
 * what the JVM has loaded before, these are the same in every JVM.
 */
final class Places {
    private int[] indices = new int[256];
    private int size;

    /** Returns the number of a place. */
    int index(int place) {
        if (place >= indices.length) {
            indices = Arrays.copyOf(indices, Math.max(2 * indices.length, place + 1));
        }
        int index = indices[place];
        if (index == 0) {
            index = ++size;
            indices[place] = index;
        }
        return index - 1;
    }

    int size() {
        return size;
    }
}
