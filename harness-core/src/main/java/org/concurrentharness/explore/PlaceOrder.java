package org.concurrentharness.explore;

/**
 * Order by place, a strategy of this harness: each place in the code has a random priority, drawn for each execution, and the
 * thread that stands before the highest place goes on. Threads that run the same code so arrive together at the same places,
 * however many they are, and what one place does happens to all of them before what another place does.
 *
 * <p>That meets bugs that want many threads at once to be in the middle of something. Of n threads that run {@code a = 1; b = -1}
 * and one that expects both or none, a random walk finds all n between the two with a probability that falls exponentially with n;
 * here it is whether one place is drawn below some others, which does not depend on n at all.
 */
final class PlaceOrder extends Sampler {
    private final Places places;
    private long key;

    PlaceOrder(long seed, Places places) {
        super(seed);
        this.places = places;
    }

    @Override
    void prepare() {
        key = dice.next();
    }

    @Override
    int thread(SchedulingPoint point) {
        int n = point.candidates();
        int best = 0;
        long highest = Long.MIN_VALUE;
        long highestOfThread = 0;
        for (int i = 0; i < n; i++) {
            int place = point.place(i);
            if (place == 0 && point.location(i) == 0) {
                return i;
            }
            int id = point.candidate(i);
            // hashes instead of tables: the same number each time that the place is met in this execution
            long ofPlace = point.gaveWay(i) > 0
                    ? Long.MIN_VALUE + 1
                    : Shadow.mix(key + places.index(place) * 0x9E3779B97F4A7C15L) >>> 1;
            long ofThread = Shadow.mix(key - (id + 1) * 0xD1342543DE82EF95L);
            if (ofPlace > highest || (ofPlace == highest && ofThread > highestOfThread)) {
                highest = ofPlace;
                highestOfThread = ofThread;
                best = i;
            }
        }
        return best;
    }
}
