package org.concurrentharness.explore;

import java.util.Arrays;
import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;

/**
 * The plain accesses that are scheduling points, because their variable has raced: since nothing orders them, a switch right
 * before one can change what the program does. Fields by their location, array elements and collections by the place that
 * accesses them, each as a hash that is the same in every JVM. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // never changed after construction, and compared by content below
record RacyPoints(int[] locations, int[] places) {
    static final RacyPoints NONE = new RacyPoints(new int[0], new int[0]);

    boolean isEmpty() {
        return locations.length == 0 && places.length == 0;
    }

    boolean contains(int site) {
        int location = Sites.location(site);
        return location != 0
                ? Arrays.binarySearch(locations, location) >= 0
                : Arrays.binarySearch(places, Sites.hash(site)) >= 0;
    }

    /** Returns these points and those of a site. */
    RacyPoints with(int site) {
        if (site == 0 || contains(site)) {
            return this;
        }
        Site.Kind kind = Sites.get(site).kind();
        if (kind == Site.Kind.VOLATILE_READ || kind == Site.Kind.VOLATILE_WRITE || kind == Site.Kind.UPDATE) {
            return this; // a point anyway
        }
        int location = Sites.location(site);
        return location != 0
                ? new RacyPoints(with(locations, location), places)
                : new RacyPoints(locations, with(places, Sites.hash(site)));
    }

    private static int[] with(int[] sorted, int added) {
        int[] result = Arrays.copyOf(sorted, sorted.length + 1);
        result[sorted.length] = added;
        Arrays.sort(result);
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RacyPoints that
                && Arrays.equals(locations, that.locations)
                && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(locations) + Arrays.hashCode(places);
    }
}
