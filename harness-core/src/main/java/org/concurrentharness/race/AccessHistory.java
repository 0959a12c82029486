package org.concurrentharness.race;

import org.jspecify.annotations.Nullable;

/**
 * The accesses of one variable, as far as they can still race with later ones: the algorithm FastTrack (Flanagan, Freund: FastTrack:
 * Efficient and Precise Dynamic Race Detection, PLDI 2009), extended by accesses that are atomic but of a variable that others
 * access plainly. For each variable it finds a race in an execution if there is one.
 *
 * <p>An access that has raced counts as ordered from then on. Not thread-safe; made to be reused.
 */
public class AccessHistory {
    /** The last plain write, 0 for none. */
    private long write;

    private int writeSite;

    /** The number of the last plain write among all writes of the execution. */
    private int writeNumber;

    /** The last plain read, while all reads are ordered; 0 for none. */
    private long read;

    private int readSite;

    /** Whether the reads are in {@code reads}, one for each thread. */
    private boolean shared;

    private @Nullable AccessSet reads;
    private boolean atomics;
    private @Nullable AccessSet atomicReads;
    private @Nullable AccessSet atomicWrites;

    /** Creates the history of a variable that nobody has accessed. */
    public AccessHistory() {}

    /** Forgets all accesses. */
    public final void clear() {
        write = 0;
        read = 0;
        shared = false;
        atomics = false;
    }

    /** Returns when the last plain write was made, 0 for never. */
    public final long lastWrite() {
        return write;
    }

    /** Returns the number that the last plain write was given. */
    public final int lastWriteNumber() {
        return writeNumber;
    }

    /** A plain read. */
    public final void read(ThreadClock me, int site, Conflicts conflicts) {
        long now = me.epoch();
        if (read == now && readSite == site && !shared) {
            return; // a write since then has found this read
        }
        if (!me.isAfter(write)) {
            conflicts.found(this, Epoch.thread(write), writeSite, true, me.thread(), site, false);
        }
        if (atomics) {
            set(atomicWrites).conflicts(me, this, true, site, false, conflicts);
        }
        if (shared) {
            set(reads).put(me.thread(), me.time(), site);
        } else if (me.isAfter(read)) {
            read = now;
            readSite = site;
        } else {
            share(me, site);
        }
    }

    private void share(ThreadClock me, int site) {
        AccessSet set = reads;
        if (set == null) {
            set = new AccessSet();
            reads = set;
        }
        set.clear();
        set.put(Epoch.thread(read), Epoch.time(read), readSite);
        set.put(me.thread(), me.time(), site);
        shared = true;
    }

    /**
     * A plain write.
     *
     * @param number a number of the write that is larger than those of earlier ones
     */
    public final void write(ThreadClock me, int site, int number, Conflicts conflicts) {
        long now = me.epoch();
        writeNumber = number;
        if (write == now && writeSite == site && read == 0 && !shared && !atomics) {
            return;
        }
        if (!me.isAfter(write)) {
            conflicts.found(this, Epoch.thread(write), writeSite, true, me.thread(), site, true);
        }
        conflictsWithReads(me, site, conflicts);
        if (atomics) {
            set(atomicReads).conflicts(me, this, false, site, true, conflicts);
            set(atomicWrites).conflicts(me, this, true, site, true, conflicts);
        }
        write = now;
        writeSite = site;
        read = 0;
        shared = false;
    }

    private void conflictsWithReads(ThreadClock me, int site, Conflicts conflicts) {
        if (shared) {
            set(reads).conflicts(me, this, false, site, true, conflicts);
        } else if (!me.isAfter(read)) {
            conflicts.found(this, Epoch.thread(read), readSite, false, me.thread(), site, true);
        }
    }

    /** An access that is atomic, and so races with plain ones only. */
    public final void atomic(ThreadClock me, int site, boolean writes, Conflicts conflicts) {
        if (!me.isAfter(write)) {
            conflicts.found(this, Epoch.thread(write), writeSite, true, me.thread(), site, writes);
        }
        if (writes) {
            conflictsWithReads(me, site, conflicts);
        }
        if (!atomics) {
            atomics = true;
            atomicReads = cleared(atomicReads);
            atomicWrites = cleared(atomicWrites);
        }
        set(writes ? atomicWrites : atomicReads).put(me.thread(), me.time(), site);
    }

    private static AccessSet cleared(@Nullable AccessSet set) {
        if (set == null) {
            return new AccessSet();
        }
        set.clear();
        return set;
    }

    private static AccessSet set(@Nullable AccessSet set) {
        if (set == null) {
            throw new IllegalStateException("no accesses are kept");
        }
        return set;
    }
}
