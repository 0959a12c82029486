package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * What earlier executions tell about the operations that threads do: how many at each place, which places touch the same
 * variables, and who starts whom. Threads are known by their numbers, places by those of {@link Places}.
 */
final class OperationCounts implements Learner {
    /** More threads than that are counted as one. */
    private static final int THREADS = 256;

    private final Places places;
    private int[][] usual = new int[0][];
    private int[][] now = new int[0][];

    /** The cells of {@link #now} that are not zero, as thread and place. */
    private int[] touched = new int[128];

    private int touchedCount;

    /** One more than the highest number of a thread that has done anything. */
    private int threads;

    /** By thread; -1 for one that was never seen. */
    private int[] parents = new int[0];

    /** By place: another one that touches the same variable, up to a representative. */
    private int[] groups = new int[0];

    /** By location of the execution: a place that touches it, plus 1. */
    private int[] placeOf = new int[64];

    private int locations;

    OperationCounts(Places places) {
        this.places = places;
    }

    /** Takes over what the last execution has shown, and begins another one. */
    void begin() {
        for (int i = 0; i < touchedCount; i += 2) {
            int[] row = now[touched[i]];
            int place = touched[i + 1];
            int[] before = usual[touched[i]];
            // up at once, down slowly: with too few of a thread expected, its last operations would never come late
            before[place] = Math.max(row[place], (3 * before[place] + row[place]) / 4);
            row[place] = 0;
        }
        touchedCount = 0;
        Arrays.fill(placeOf, 0, locations, 0);
        locations = 0;
    }

    @Override
    public void passes(int id, int location, int site, boolean writes) {
        if (location == 0) {
            return;
        }
        int thread = row(id);
        int place = places.index(site);
        ensure(thread, place);
        threads = Math.max(threads, thread + 1);
        if (now[thread][place]++ == 0) {
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, 2 * touchedCount);
            }
            touched[touchedCount++] = thread;
            touched[touchedCount++] = place;
        }
        if (location >= placeOf.length) {
            placeOf = Arrays.copyOf(placeOf, 2 * location);
        }
        locations = Math.max(locations, location + 1);
        int other = placeOf[location];
        if (other == 0) {
            placeOf[location] = place + 1;
        } else {
            groups[group(place)] = group(other - 1);
        }
    }

    private void ensure(int thread, int place) {
        if (thread >= usual.length) {
            int length = Math.max(8, 2 * thread);
            int old = usual.length;
            usual = Arrays.copyOf(usual, length);
            now = Arrays.copyOf(now, length);
            for (int i = old; i < length; i++) {
                usual[i] = new int[16];
                now[i] = new int[16];
            }
        }
        if (place >= usual[thread].length) {
            usual[thread] = Arrays.copyOf(usual[thread], 2 * place);
            now[thread] = Arrays.copyOf(now[thread], 2 * place);
        }
        if (place >= groups.length) {
            int old = groups.length;
            groups = Arrays.copyOf(groups, Math.max(16, 2 * place));
            for (int i = old; i < groups.length; i++) {
                groups[i] = i;
            }
        }
    }

    private static int row(int thread) {
        return Math.min(thread, THREADS - 1);
    }

    /** Returns the representative of the places that touch the same variables as {@code place}. */
    int group(int place) {
        if (place >= groups.length) {
            return place;
        }
        int found = place;
        while (groups[found] != found) {
            groups[found] = groups[groups[found]];
            found = groups[found];
        }
        return found;
    }

    /** Returns how many threads have done anything. */
    int threads() {
        return threads;
    }

    /** Returns how many operations of a thread at those of the first {@code n} places that are asked for are to be expected. */
    int expected(int thread, boolean[] asked, int n) {
        int row = row(thread);
        if (row >= usual.length) {
            return 0;
        }
        int[] counts = usual[row];
        int sum = 0;
        for (int i = Math.min(n, counts.length) - 1; i >= 0; i--) {
            sum += asked[i] ? counts[i] : 0;
        }
        return sum;
    }

    void parent(int thread, int parent) {
        if (thread >= parents.length) {
            int old = parents.length;
            parents = Arrays.copyOf(parents, Math.max(8, 2 * thread));
            Arrays.fill(parents, old, parents.length, -1);
        }
        parents[thread] = parent;
    }

    /** Returns who started a thread when it was last seen, -1 when it never was. */
    int parent(int thread) {
        return thread < parents.length ? parents[thread] : -1;
    }

    Places places() {
        return places;
    }
}
