package org.concurrentharness.race;

import java.util.Arrays;

/** The last access of each thread, with its place. Reused. */
final class AccessSet {
    private int[] times = new int[4];
    private int[] sites = new int[4];
    private int size;

    void clear() {
        size = 0;
    }

    void put(int thread, int time, int site) {
        if (thread >= size) {
            if (thread >= times.length) {
                int length = Math.max(thread + 1, 2 * times.length);
                times = Arrays.copyOf(times, length);
                sites = Arrays.copyOf(sites, length);
            }
            Arrays.fill(times, size, thread + 1, 0);
            size = thread + 1;
        }
        times[thread] = time;
        sites[thread] = site;
    }

    /** Tells of each access that did not happen before what {@code me} does now. */
    void conflicts(
            ThreadClock me, AccessHistory variable, boolean writes, int site, boolean write, Conflicts conflicts) {
        for (int thread = 0; thread < size; thread++) {
            if (times[thread] != 0 && !me.isAfter(Epoch.of(thread, times[thread]))) {
                conflicts.found(variable, thread, sites[thread], writes, me.thread(), site, write);
            }
        }
    }
}
