package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury, "Selectively uniform concurrency testing", ASPLOS 2025): of
 * the operations some are interesting in this execution, and every order of those among each other is equally likely. The thread
 * whose turn it is to do the next interesting operation is drawn by how many it has left; others stop before theirs; what is not
 * interesting runs in any order. How many there are is learned from the executions before, and a thread stands for those that it
 * has yet to start.
 *
 * <p>What is interesting is drawn for each execution: all operations, or those on one variable, that is: at the places that have
 * touched the same locations as some place.
 */
final class Surw extends Sampler implements Learner {
    private static final byte UNKNOWN = 0;
    private static final byte INTERESTING = 1;
    private static final byte OTHER = 2;

    private final OperationCounts counts;
    private final Places places;

    /** True when this strategy is to learn by itself; otherwise whoever owns the counts does. */
    private final boolean learns;

    /** By place. */
    private boolean[] interesting = new boolean[64];

    /** By thread: interesting operations to come, those of threads that it has yet to start included. */
    private int[] left = new int[8];

    /** By thread: the same at its beginning, and to whom it is counted until then. */
    private int[] total = new int[8];

    private int[] carrier = new int[8];
    private int expectedThreads;

    /** The candidates of the point, and whether what they are about to do is interesting: {@link #UNKNOWN} until it is asked. */
    private int[] ids = new int[8];

    private byte[] kinds = new byte[8];
    private int threads;
    private int intended;
    private int last;

    Surw(long seed) {
        this(seed, new OperationCounts(new Places()), true);
    }

    Surw(long seed, OperationCounts counts, boolean learns) {
        super(seed);
        this.counts = counts;
        this.places = counts.places();
        this.learns = learns;
    }

    @Override
    void prepare() {
        if (learns) {
            counts.begin();
        }
        select();
        weigh();
        threads = 1;
        intended = -1;
        last = 0;
    }

    @Override
    public void passes(int thread, int location, int place, boolean writes) {
        counts.passes(thread, location, place, writes);
    }

    private void select() {
        int n = places.size();
        if (interesting.length < n) {
            interesting = new boolean[2 * n];
        }
        int one = n == 0 || dice.below(2) == 0 ? -1 : counts.group(dice.below(n));
        for (int i = 0; i < n; i++) {
            interesting[i] = one < 0 || counts.group(i) == one;
        }
    }

    private void weigh() {
        expectedThreads = counts.threads();
        if (left.length < expectedThreads) {
            left = new int[expectedThreads];
            total = new int[expectedThreads];
            carrier = new int[expectedThreads];
        }
        int n = places.size();
        for (int i = 0; i < expectedThreads; i++) {
            total[i] = counts.expected(i, interesting, n);
        }
        // children have higher numbers than their parents
        for (int i = expectedThreads - 1; i > 0; i--) {
            carrier[i] = counts.parent(i);
            if (carrier[i] >= 0) {
                total[carrier[i]] += total[i];
            }
        }
        if (expectedThreads > 0) {
            left[0] = total[0];
        }
    }

    @Override
    int thread(SchedulingPoint point) {
        int n = look(point);
        if (intended < 0) {
            intended = draw(point, n, false);
        }
        int free = 0;
        for (int i = 0; i < n; i++) {
            free += stops(point, i) ? 0 : 1;
        }
        int chosen;
        if (free == 0) {
            // whose turn it is cannot run, or has less to do than was expected
            intended = draw(point, n, true);
            chosen = indexOf(n, intended);
        } else {
            int skip = dice.below(free);
            chosen = 0;
            while (stops(point, chosen) || skip-- > 0) {
                chosen++;
            }
        }
        if (interesting(point, chosen)) {
            left[intended] = Math.max(0, left[intended] - 1);
            intended = -1;
        }
        last = ids[chosen];
        return chosen;
    }

    private int look(SchedulingPoint point) {
        int n = point.candidates();
        if (ids.length < n) {
            ids = new int[2 * n];
            kinds = new byte[2 * n];
        }
        for (int i = 0; i < n; i++) {
            ids[i] = point.candidate(i);
            kinds[i] = UNKNOWN;
            admit(ids[i]);
        }
        return n;
    }

    /** Takes a new thread's operations from the one that was counted for it. */
    private void admit(int id) {
        while (threads <= id) {
            int thread = threads++;
            if (thread >= left.length) {
                left = Arrays.copyOf(left, 2 * thread);
                total = Arrays.copyOf(total, 2 * thread);
                carrier = Arrays.copyOf(carrier, 2 * thread);
            }
            counts.parent(thread, last);
            if (thread >= expectedThreads) {
                left[thread] = 0;
                continue;
            }
            left[thread] = total[thread];
            int from = carrier[thread];
            if (from >= 0 && total[thread] > 0) {
                left[from] = Math.max(0, left[from] - total[thread]);
                if (intended == from) {
                    // the turn was that of parent or child; now it can be told of which
                    intended = dice.below(left[from] + total[thread]) < total[thread] ? thread : from;
                }
            }
        }
    }

    private boolean interesting(SchedulingPoint point, int index) {
        byte kind = kinds[index];
        if (kind == UNKNOWN) {
            kind = isInteresting(point, index) ? INTERESTING : OTHER;
            kinds[index] = kind;
        }
        return kind == INTERESTING;
    }

    private boolean isInteresting(SchedulingPoint point, int index) {
        int place = point.place(index);
        if (place == 0 || point.location(index) == 0) {
            return false;
        }
        int number = places.index(place);
        return number < interesting.length && interesting[number];
    }

    private boolean stops(SchedulingPoint point, int index) {
        return ids[index] != intended && interesting(point, index);
    }

    /** Draws a thread by what it has left; {@code now} only among those that stand before an interesting operation. */
    private int draw(SchedulingPoint point, int n, boolean now) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += now && !interesting(point, i) ? 0 : weight(point, i);
        }
        if (sum == 0) {
            return now ? ids[dice.below(n)] : -1;
        }
        int ticket = dice.below(sum);
        for (int i = 0; ; i++) {
            ticket -= now && !interesting(point, i) ? 0 : weight(point, i);
            if (ticket < 0) {
                return ids[i];
            }
        }
    }

    /** Who stands before an interesting operation has at least that one. */
    private int weight(SchedulingPoint point, int index) {
        return Math.max(left[ids[index]], interesting(point, index) ? 1 : 0);
    }

    private int indexOf(int n, int thread) {
        for (int i = 0; i < n; i++) {
            if (ids[i] == thread) {
                return i;
            }
        }
        return 0;
    }
}
