package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.concurrentharness.agent.Locations;
import org.concurrentharness.agent.MemoryModes;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.probe.ProbeListener;
import org.concurrentharness.race.AccessHistory;
import org.concurrentharness.race.Conflicts;
import org.concurrentharness.race.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, for the threads and objects of a campaign's executions, the state that the rules of {@link org.concurrentharness.race}
 * work on, and notes the pairs of places that have raced. Called by the managed thread that runs.
 */
final class RaceDetector implements Conflicts {
    /** Different pairs of one execution that are kept apart; a program with more has other problems. */
    private static final int MOST_PAIRS = 256;

    /** A power of two. */
    private static final int RECENT = 64;

    private static final byte UNKNOWN = 0;
    private static final byte POINT = 1;
    private static final byte NO_POINT = 2;

    private final Scheduler scheduler;
    private final Variable.Table variables;
    private final Freeze.Table freezes;

    /** By thread: frozen objects that it has read final fields of, without anything that orders it after their constructors. */
    private final List<List<Freeze>> frozen = new ArrayList<>();

    private int writes;

    /** By location: the variable accessed last; asked before the table, whose code is too large to become part of the program's. */
    private final @Nullable Variable[] recent = new Variable[RECENT];

    private RacyPoints points = RacyPoints.NONE;
    private boolean hasPoints;
    private byte[] pointStates = new byte[0];

    /** The pairs of sites that have raced in this execution. */
    private long[] pairs = new long[16];

    private int pairCount;

    /** The pairs of the campaign, and those of them that nobody has asked for yet. */
    private final Set<Long> known = new HashSet<>();

    private final List<Sighting> fresh = new ArrayList<>();

    RaceDetector(Scheduler scheduler, EngineHashes hashes) {
        this.scheduler = scheduler;
        this.variables = new Variable.Table(hashes);
        this.freezes = new Freeze.Table(hashes);
    }

    /** Begins an execution in which {@code newPoints} are scheduling points. */
    void begin(RacyPoints newPoints) {
        variables.clear();
        freezes.clear();
        for (List<Freeze> each : frozen) {
            each.clear();
        }
        writes = 0;
        Arrays.fill(recent, null);
        pairCount = 0;
        if (!newPoints.equals(points)) {
            points = newPoints;
            hasPoints = !points.isEmpty();
            Arrays.fill(pointStates, UNKNOWN);
        }
    }

    void release() {
        variables.release();
        Arrays.fill(recent, null);
        freezes.release();
        frozen.clear();
    }

    RacyPoints points() {
        return points;
    }

    // ---- points -----------------------------------------------------------------------------------------------------

    boolean isPoint(int site) {
        return hasPoints && isOneOfThePoints(site);
    }

    private boolean isOneOfThePoints(int site) {
        if (site >= pointStates.length) {
            pointStates = Arrays.copyOf(pointStates, Math.max(1024, 2 * site));
        }
        byte state = pointStates[site];
        if (state == UNKNOWN) {
            state = points.contains(site) ? POINT : NO_POINT;
            pointStates[site] = state;
        }
        return state == POINT;
    }

    // ---- accesses ---------------------------------------------------------------------------------------------------

    void read(@Nullable Object owner, int location, int site) {
        ManagedThread me = scheduler.running();
        if (me.initDepth > 0 || scheduler.aborting()) {
            return;
        }
        Variable variable = variable(owner, location);
        record(me, variable, site);
        if (me.optimisticLock == null) {
            variable.read(me.clock, site, this);
        } else {
            me.optimisticReads.add(variable, site);
        }
    }

    void write(@Nullable Object owner, int location, int site) {
        ManagedThread me = scheduler.running();
        if (me.initDepth > 0 || scheduler.aborting()) {
            return;
        }
        Variable variable = variable(owner, location);
        record(me, variable, site);
        variable.write(me.clock, site, ++writes, this);
    }

    /** An access through a handle or {@code Unsafe}, which may be a plain one. */
    void access(@Nullable Object owner, int location, int site) {
        int modes = Sites.modes[site];
        if ((modes & MemoryModes.PLAIN) != 0) {
            if ((modes & MemoryModes.WRITES) != 0) {
                write(owner, location, site);
            } else {
                read(owner, location, site);
            }
            return;
        }
        atomically(owner, location, (modes & MemoryModes.WRITES) != 0, site);
    }

    void range(Object array, int from, int to, boolean writes, int site) {
        for (int i = from; i < to; i++) {
            if (writes) {
                write(array, Locations.element(i), site);
            } else {
                read(array, Locations.element(i), site);
            }
        }
    }

    /** An access that races with plain ones only. */
    void atomically(@Nullable Object owner, int location, boolean writes, int site) {
        ManagedThread me = scheduler.running();
        if (me.initDepth > 0 || scheduler.aborting()) {
            return;
        }
        Variable variable = variable(owner, location);
        record(me, variable, site);
        variable.atomic(me.clock, site, writes, this);
    }

    private Variable variable(@Nullable Object owner, int location) {
        int slot = location >>> 1 & RECENT - 1;
        Variable variable = recent[slot];
        if (variable == null || variable.owner != owner || variable.location != location) {
            variable = variables.of(owner, location);
            recent[slot] = variable;
        }
        return variable;
    }

    private void record(ManagedThread me, Variable variable, int site) {
        Recorder recorder = scheduler.recorder();
        if (recorder != null) {
            recorder.access(me, variable, site);
        }
    }

    // ---- final fields -----------------------------------------------------------------------------------------------

    void constructed(Object object) {
        ManagedThread me = scheduler.running();
        Freeze freeze = freezes.of(object, 0);
        freeze.epoch = me.clock.epoch();
        freeze.writes = writes;
    }

    void finalRead(@Nullable Object owner) {
        if (owner == null) {
            return;
        }
        Freeze freeze = freezes.find(owner, 0);
        ManagedThread me = scheduler.running();
        if (freeze != null && !me.clock.isAfter(freeze.epoch)) {
            while (frozen.size() <= me.id) {
                frozen.add(new ArrayList<>());
            }
            List<Freeze> mine = frozen.get(me.id);
            if (mine.isEmpty() || mine.get(mine.size() - 1) != freeze) {
                mine.add(freeze);
            }
        }
    }

    /** Returns whether a thread sees a variable as it was when an object that it came through was frozen. */
    private boolean isFrozen(Variable variable, int reader) {
        Object owner = variable.owner;
        if (owner == null || reader >= frozen.size()) {
            return false;
        }
        for (Freeze freeze : frozen.get(reader)) {
            if (variable.lastWriteNumber() <= freeze.writes
                    && Epoch.thread(variable.lastWrite()) == Epoch.thread(freeze.epoch)
                    && freeze.reaches(owner)) {
                return true;
            }
        }
        return false;
    }

    /** Reads that were put off count now. */
    void count(ManagedThread me, OptimisticReads reads) {
        for (int i = 0; i < reads.size(); i++) {
            reads.variable(i).read(me.clock, reads.site(i), this);
        }
        reads.clear();
    }

    // ---- what was found ---------------------------------------------------------------------------------------------

    @Override
    public void found(
            AccessHistory history,
            int earlierThread,
            int earlierSite,
            boolean earlierWrites,
            int thread,
            int site,
            boolean writes) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            Variable variable = (Variable) history;
            Recorder recorder = scheduler.recorder();
            if (!variable.exists() || (earlierWrites && !writes && isFrozen(variable, thread))) {
                return;
            }
            long pair = Sighting.pair(earlierSite, site);
            boolean isNew = add(pair) && known.add(pair);
            if (!isNew && recorder == null) {
                return;
            }
            Sighting sighting = new Sighting(
                    variable.isElement(),
                    earlierSite,
                    scheduler.threads.get(earlierThread).name(),
                    earlierThread,
                    earlierWrites,
                    site,
                    scheduler.threads.get(thread).name(),
                    thread,
                    writes,
                    Sighting.ownerName(variable),
                    variable.location);
            if (isNew) {
                fresh.add(sighting);
            }
            if (recorder != null) {
                recorder.raced(variable, sighting);
            }
        } finally {
            Uncontrolled.end(engine);
        }
    }

    private boolean add(long pair) {
        for (int i = 0; i < pairCount; i++) {
            if (pairs[i] == pair) {
                return false;
            }
        }
        if (pairCount == MOST_PAIRS) {
            return false;
        }
        if (pairCount == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairCount);
        }
        pairs[pairCount++] = pair;
        return true;
    }

    /** Returns the pairs that have raced in the last execution. */
    long[] pairs() {
        return Arrays.copyOf(pairs, pairCount);
    }

    /** Returns whether the last execution had a race. */
    boolean raced() {
        return pairCount > 0;
    }

    /** Returns the pairs that nobody has been told of yet. */
    List<Sighting> takeFresh() {
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<Sighting> result = List.copyOf(fresh);
        fresh.clear();
        return result;
    }
}
