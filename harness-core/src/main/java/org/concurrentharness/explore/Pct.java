package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatti, "A randomized scheduler with probabilistic
 * guarantees of finding bugs", ASPLOS 2010): threads have random priorities, the highest runs, and at d - 1 random points the
 * thread that would run falls below all others. A bug of depth d among n threads and k choices is found with a probability of at
 * least 1 / (n k^(d-1)).
 *
 * <p>Counted are choices rather than steps: where only one thread can run a change of priorities takes effect at the next choice
 * at the earliest. The paper takes k as given; here it is the longest of the executions so far. A thread that spins would run for
 * ever on the highest priority; each time that it has given way it draws a new one.
 */
final class Pct extends Sampler {
    static final int DEPTH = 3;

    /** The number of choices that is assumed before the first execution has ended. */
    private static final int FIRST_LENGTH = 16;

    private final int leastDepth;
    private final int greatestDepth;
    private final int[] changes;

    /** How many of them this execution has. */
    private int changeCount;

    /** By thread. Drawn ones are positive, those after a change negative. */
    private long[] priorities = new long[8];

    private int[] gaveWay = new int[8];
    private int threads;
    private int choices;
    private int longest;

    Pct(long seed) {
        this(seed, DEPTH, DEPTH);
    }

    /** Creates one that draws the depth for each execution. */
    Pct(long seed, int leastDepth, int greatestDepth) {
        super(seed);
        this.leastDepth = leastDepth;
        this.greatestDepth = greatestDepth;
        this.changes = new int[greatestDepth - 1];
    }

    @Override
    void prepare() {
        longest = Math.max(longest, choices);
        choices = 0;
        threads = 0;
        int length = longest == 0 ? FIRST_LENGTH : longest;
        int depth = greatestDepth == leastDepth ? leastDepth : leastDepth + dice.below(greatestDepth - leastDepth + 1);
        changeCount = depth - 1;
        for (int i = 0; i < changeCount; i++) {
            changes[i] = dice.below(length);
        }
    }

    @Override
    int thread(SchedulingPoint point) {
        int n = point.candidates();
        for (int i = 0; i < n; i++) {
            int id = point.candidate(i);
            admit(id);
            if (point.gaveWay(i) > gaveWay[id]) {
                gaveWay[id] = point.gaveWay(i);
                priorities[id] = dice.next() >>> 1;
            }
        }
        int best = highest(point, n);
        // the positions are not sorted, so that the change points' ranks among each other are random, as the paper has
        // it
        for (int i = 0; i < changeCount; i++) {
            if (changes[i] == choices) {
                priorities[point.candidate(best)] = -1L - i;
                best = highest(point, n);
            }
        }
        choices++;
        return best;
    }

    private int highest(SchedulingPoint point, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (priorities[point.candidate(i)] > priorities[point.candidate(best)]) {
                best = i;
            }
        }
        return best;
    }

    private void admit(int id) {
        if (id >= priorities.length) {
            priorities = Arrays.copyOf(priorities, 2 * id);
            gaveWay = Arrays.copyOf(gaveWay, 2 * id);
        }
        while (threads <= id) {
            gaveWay[threads] = 0;
            priorities[threads++] = dice.next() >>> 1;
        }
    }
}
