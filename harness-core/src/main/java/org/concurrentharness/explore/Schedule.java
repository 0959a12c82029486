package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * The choices of one execution that depart from the default, which is to let the running thread go on and else to take the
 * candidate with the lowest number. Immutable.
 *
 * @param positions the positions of the choices among all choices, ascending, from 0
 * @param threads the threads chosen there
 * @param length the number of all choices
 * @param points the plain accesses at which choices were made too
 */
@SuppressWarnings("ArrayRecordComponent") // never changed after construction, and compared by content below
record Schedule(int[] positions, int[] threads, int length, RacyPoints points) {
    static final Schedule DEFAULT = new Schedule(new int[0], new int[0], 0, RacyPoints.NONE);

    int size() {
        return positions.length;
    }

    /** Returns this schedule's first {@code size} choices and one more. */
    Schedule with(int position, int thread) {
        int kept = 0;
        while (kept < positions.length && positions[kept] < position) {
            kept++;
        }
        int[] newPositions = Arrays.copyOf(positions, kept + 1);
        int[] newThreads = Arrays.copyOf(threads, kept + 1);
        newPositions[kept] = position;
        newThreads[kept] = thread;
        return new Schedule(newPositions, newThreads, 0, points);
    }

    /** Returns the schedule with the same points and no choice that departs from the default. */
    Schedule plainest() {
        return new Schedule(new int[0], new int[0], 0, points);
    }

    /** Returns this schedule without the choice at {@code index}. */
    Schedule without(int index) {
        int[] newPositions = new int[positions.length - 1];
        int[] newThreads = new int[positions.length - 1];
        for (int i = 0, j = 0; i < positions.length; i++) {
            if (i != index) {
                newPositions[j] = positions[i];
                newThreads[j++] = threads[i];
            }
        }
        return new Schedule(newPositions, newThreads, 0, points);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule that
                && Arrays.equals(positions, that.positions)
                && Arrays.equals(threads, that.threads)
                && points.equals(that.points);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(positions) + Arrays.hashCode(threads)) + points.hashCode();
    }
}
