package org.concurrentharness.explore;

/**
 * Order by place, a strategy of this harness: each place in the code has a random priority, drawn for each execution, and the
 * thread that stands before the highest place goes on. Threads that run the same code so arrive together at the same places,
 * however many they are, and what one place does happens to all of them before what another place does.
 *
 * <p>That meets bugs that want many threads at once to be in the middle of something. Of n threads that run {@code a = 1; b = -1}
 * and one that expects both or none, a random walk finds all n between the two with a probability that falls exponentially with n;
 * here it is whether one place is drawn below some others, which does not depend on n at all.
 *
 * <p>In half of the executions it is places that have priorities; in the others, alike, the places of each thread, for bugs in
 * which threads with the same code do different things, and the reads and the writes of each variable, for those in which one
 * place works on several variables.
 */
final class PlaceOrder extends Sampler {
    private static final int BY_THREAD_AND_PLACE = 2;
    private static final int BY_VARIABLE = 3;
    private static final int ORDERS = 4;

    private final Places places;
    private long key;
    private int order;

    /** As in {@link Pos}: to begin is then to stand at a place, too. */
    private final boolean bounded;

    PlaceOrder(long seed, Places places, boolean bounded) {
        super(seed);
        this.places = places;
        this.bounded = bounded;
    }

    @Override
    void prepare() {
        key = dice.next();
        order = dice.below(ORDERS);
    }

    @Override
    int thread(SchedulingPoint point) {
        int n = point.candidates();
        int best = 0;
        int bestThread = -1;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            if (point.place(i) == 0 && point.location(i) == 0 && !bounded) {
                return i; // it stands nowhere yet
            }
            int thread = point.candidate(i);
            // who spins waits for the others, however high it stands
            long ofPlace = point.gaveWay(i) > 0 ? -1 : priority(point, i, thread);
            if (ofPlace > highest || (ofPlace == highest && ofThread(thread) > ofThread(bestThread))) {
                highest = ofPlace;
                bestThread = thread;
                best = i;
            }
        }
        return best;
    }

    private long ofThread(int thread) {
        return Shadow.mix(key - (thread + 1) * 0xD1342543DE82EF95L);
    }

    /** Returns a hash instead of what a table would hold: the same each time that it is asked for in this execution. */
    private long priority(SchedulingPoint point, int index, int thread) {
        long ordered = switch (order) {
            case BY_THREAD_AND_PLACE -> places.index(point.place(index)) + ((thread + 1L) << 32);
            case BY_VARIABLE -> 2L * point.location(index) + (point.writes(index) ? 1 : 0);
            default -> places.index(point.place(index));
        };
        return Shadow.mix(key + ordered * 0x9E3779B97F4A7C15L) >>> 1;
    }
}
