package org.concurrentharness.explore;

import org.concurrentharness.race.VectorClock;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's side of a location: an object as a lock and as a synchronizer, or one of its volatile fields. Holds the
 * monitor, what was released there, and the location's part of the footprint hash.
 */
final class Shadow {
    @Nullable
    Object object;

    int location;

    /** What {@link Footprints} know it by, as memory and as a monitor; 0 for not at all. */
    int cell;

    int monitorCell;

    /** What its object is known by there, where this stands for the object as a whole; 0 for not at all. */
    long name;

    int nameIndex;

    /** Which shadow of its execution this is, from 1 in order of first use. */
    int number;

    /** What was released here, by a monitor's exit or a volatile write, for whoever acquires it. */
    final VectorClock released = new VectorClock();

    // ---- the monitor ----

    @Nullable
    ManagedThread owner;

    int count;

    /** The site at which the owner entered. */
    int site;

    /** Threads that want the monitor, in order of arrival. */
    final ThreadList entering = new ThreadList();

    /** Threads that wait to be notified, in order of arrival. */
    final ThreadList waiting = new ThreadList();

    // ---- the footprint ----

    private long written;
    private long readers;

    void reset(Object newObject, int newLocation, int newNumber) {
        object = newObject;
        location = newLocation;
        cell = 0;
        monitorCell = 0;
        name = 0;
        number = newNumber;
        released.clear();
        owner = null;
        count = 0;
        site = 0;
        entering.clear();
        waiting.clear();
        written = 0;
        readers = 0;
    }

    /**
     * Adds an operation and returns its share of the execution's footprint hash. The shares' sum is the same for every order of
     * operations on different locations and of reads between the same writes: Mazurkiewicz equivalence, up to collisions.
     */
    long operation(long operation, boolean write) {
        if (write) {
            written = mix(operation + 0x9E3779B97F4A7C15L * (written ^ readers));
            readers = 0;
            return written;
        }
        long share = mix(operation ^ written * 0xD1342543DE82EF95L);
        readers += share;
        return share;
    }

    /** The finalizer of SplittableRandom (Steele, Lea, Flood, OOPSLA 2014). */
    static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
