package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Partial order sampling (Yuan, Yang, Gu, "Partial order aware concurrency sampling", CAV 2018): each pending operation has a
 * random priority, the highest runs, and the operations that conflict with it get new ones. Orders of operations that do not
 * conflict are drawn once, and not again and again.
 *
 * <p>A thread that has not begun stands before nothing that is known, so that it begins at once: its first operation takes part
 * then as any other. Where preemptions are bounded that would spend them, or, where there are none, always let the same thread go first;
 * there the beginning is an operation with a priority of its own.
 */
final class Pos extends Sampler {
    /** By thread. Zero: to be drawn. */
    private long[] priorities = new long[8];

    private int[] places = new int[8];
    private int[] locations = new int[8];
    private int threads;

    /** Whether switches away from a thread that could go on are few, so that even one to a thread's beginning is to be drawn. */
    private final boolean bounded;

    Pos(long seed, boolean bounded) {
        super(seed);
        this.bounded = bounded;
    }

    @Override
    void prepare() {
        threads = 0;
    }

    @Override
    int thread(SchedulingPoint point) {
        int n = point.candidates();
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            int place = point.place(i);
            int location = point.location(i);
            if (place == 0 && location == 0 && !bounded) {
                return i;
            }
            long priority = priority(point.candidate(i), place, location);
            if (priority > highest) {
                highest = priority;
                best = i;
            }
        }
        int location = point.location(best);
        boolean writes = point.writes(best);
        for (int i = 0; i < n; i++) {
            if (i == best || (location != 0 && point.location(i) == location && (writes || point.writes(i)))) {
                priorities[point.candidate(i)] = 0;
            }
        }
        return best;
    }

    private long priority(int id, int place, int location) {
        if (id >= priorities.length) {
            priorities = Arrays.copyOf(priorities, 2 * id);
            places = Arrays.copyOf(places, 2 * id);
            locations = Arrays.copyOf(locations, 2 * id);
        }
        while (threads <= id) {
            priorities[threads++] = 0;
        }
        // another operation than before: it came while there was nothing to choose
        if (priorities[id] == 0 || places[id] != place || locations[id] != location) {
            places[id] = place;
            locations[id] = location;
            priorities[id] = 1 | dice.next() >>> 1;
        }
        return priorities[id];
    }
}
