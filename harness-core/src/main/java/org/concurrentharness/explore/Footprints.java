package org.concurrentharness.explore;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes down, step by step, what the threads of an execution touch: what tells which steps commute. Used by the exhaustive search
 * only; the scheduler asks {@link #on} before it calls anything here. Reused from execution to execution.
 *
 * <p>What can be touched is a <i>cell</i>: a variable, an object as a whole, a monitor, a thread's permit, interrupt status or end.
 * Cells have names made of the step in which a thread first announces or touches their object, so that executions with a common
 * beginning agree on the names of that beginning.
 *
 * <p>Threads are known as <i>processes</i>, whose numbers do not depend on the schedule: a thread is the n-th that its parent started.
 */
final class Footprints {
    /** Reads a cell: commutes with other reads. */
    static final byte READ = 0;

    /** Changes a cell, or looks at it in a way that may change it. */
    static final byte WRITE = 1;

    /** Takes a monitor for which the thread stood at a point: it could not have run while another held it. */
    static final byte ACQUIRE = 2;

    /** Takes a monitor in the midst of a step. */
    static final byte ACQUIRE_INSIDE = 3;

    /** Finds a monitor taken in the midst of a step. */
    static final byte TRY = 4;

    static final byte RELEASE = 5;

    /** Comes after the step of this number, without which the thread could not have gone on. */
    static final byte AFTER = 6;

    /** Comes after everything, since time passed only when nobody could run. */
    static final byte AFTER_ALL = 7;

    /** Comes after the step of this number, before which the thread could have gone on too, but otherwise: its wait might have timed out. */
    static final byte INSTEAD = 8;

    /** As many processes as a set in a {@code long} holds. */
    static final int MOST_PROCESSES = Long.SIZE;

    private static final int CLOCK = -5;

    /** Whether steps are written down: from the beginning of an execution that is asked for until it ends or is left. */
    boolean on;

    private final Map<Long, Integer> processes = new HashMap<>();
    private boolean tooMany;
    private boolean disturbed;
    private int clockCell;
    private int[] processOfThread = new int[8];

    private int steps;
    private int[] process = new int[256];
    private int[] site = new int[256];
    private int[] begin = new int[257];

    /** By step: its number among those of its process. */
    private int[] index = new int[256];

    private final int[] stepsOfProcess = new int[MOST_PROCESSES];

    private int size;
    private int[] cells = new int[1024];
    private byte[] kinds = new byte[1024];

    private final ShadowTable shadows;
    private int objects;
    private int[] objectType = new int[64];
    private int[] objectStep = new int[64];

    private int cellCount;
    private int[] cellType = new int[256];
    private long[] cellName = new long[256];
    private int[] cellStep = new int[256];

    /** By step: what tells whether it is repeated. */
    private long[] hash = new long[256];

    /** By cell: its entry of the current step, plus one. */
    private int[] cellEntry = new int[256];

    Footprints(ShadowTable shadows) {
        this.shadows = shadows;
    }

    // ---- an execution -----------------------------------------------------------------------------------------------

    void begin(boolean wanted) {
        on = wanted;
        steps = 0;
        size = 0;
        cellCount = 0;
        objects = 0;
        Arrays.fill(stepsOfProcess, 0);
        disturbed = false;
        clockCell = 0;
    }

    /**
     * Something happened that footprints do not tell: a thread from outside took part, a switch was not possible, or a thread looked at
     * what another one is doing.
     */
    void disturb() {
        disturbed = true;
    }

    /** Returns whether the execution may not be what its schedule says. */
    boolean disturbed() {
        return disturbed;
    }

    /** A thread takes part from now on; {@code parent} is null for the first one. */
    void added(ManagedThread thread, @Nullable ManagedThread parent) {
        thread.key = parent == null ? 0 : Shadow.mix(parent.key + 0x9E3779B97F4A7C15L * ++parent.children);
        Integer known = processes.get(thread.key);
        if (known == null) {
            known = Math.min(processes.size(), MOST_PROCESSES - 1);
            tooMany |= processes.size() >= MOST_PROCESSES;
            processes.put(thread.key, known);
        }
        if (thread.id >= processOfThread.length) {
            processOfThread = Arrays.copyOf(processOfThread, 2 * thread.id);
        }
        processOfThread[thread.id] = known;
        if (parent != null) {
            enables(thread);
        }
    }

    /** The thread's next step begins; what is touched from now on is touched by it. */
    void step(ManagedThread thread) {
        if (steps == process.length) {
            process = Arrays.copyOf(process, 2 * process.length);
            begin = Arrays.copyOf(begin, process.length + 1); // and the end of the last step
            hash = Arrays.copyOf(hash, 2 * hash.length);
            index = Arrays.copyOf(index, 2 * index.length);
            site = Arrays.copyOf(site, 2 * site.length);
        }
        process[steps] = processOfThread[thread.id];
        site[steps] = thread.site;
        hash[steps] = process[steps] + 31L * thread.site;
        index[steps] = ++stepsOfProcess[process[steps]];
        begin[steps] = size;
        steps++;
        begin[steps] = size;
        thread.lastRun = steps - 1;
        for (int i = 0; i < thread.enablers; i++) {
            int enabler = thread.enabledBy[i];
            add(enabler >>> 4, (byte) (enabler & 15));
        }
        thread.enablers = 0;
    }

    // ---- what a step does -------------------------------------------------------------------------------------------

    /** A thread stands before an operation on the cell, which has a number from now on. */
    void announce(Shadow shadow) {
        if (shadow.cell == 0) {
            shadow.cell = newCell(shadow, shadow.location);
        }
    }

    void announceMonitor(Shadow shadow) {
        if (shadow.monitorCell == 0) {
            shadow.monitorCell = newCell(shadow, -1);
        }
    }

    void touch(Shadow shadow, boolean write) {
        announce(shadow);
        if (!showsElements(shadow.object)) {
            touch(shadow.cell, write ? WRITE : READ);
        }
        int step = steps - 1;
        hash[step] = Shadow.mix(hash[step] + 2 * cellName[shadow.cell] + (write ? 1 : 0));
    }

    /** Calls to arrays of atomic elements touch only the elements that they access, and these accesses are seen. */
    private static boolean showsElements(@Nullable Object object) {
        return object instanceof AtomicIntegerArray
                || object instanceof AtomicLongArray
                || object instanceof AtomicReferenceArray;
    }

    /** JDK code touches a cell, which need not happen each time: it loads classes and makes caches when they are first needed. */
    void touchInside(Shadow shadow, boolean write) {
        announce(shadow);
        touch(shadow.cell, write ? WRITE : READ);
    }

    void monitor(Shadow shadow, byte kind) {
        announceMonitor(shadow);
        touch(shadow.monitorCell, kind);
    }

    void permit(ManagedThread thread) {
        if (thread.permitCell == 0) {
            thread.permitCell = newCell(thread, -2);
        }
        touch(thread.permitCell, WRITE);
    }

    void interrupt(ManagedThread thread, boolean write) {
        if (thread.interruptCell == 0) {
            thread.interruptCell = newCell(thread, -3);
        }
        touch(thread.interruptCell, write ? WRITE : READ);
    }

    void end(ManagedThread thread, boolean write) {
        if (thread.endCell == 0) {
            thread.endCell = newCell(thread, -4);
        }
        touch(thread.endCell, write ? WRITE : READ);
    }

    /** A thread looks at the time, or makes it pass although others could run. */
    void clock(boolean write) {
        if (clockCell == 0) {
            clockCell = newCell();
            cellType[clockCell] = CLOCK;
            cellStep[clockCell] = -1;
            cellName[clockCell] = Shadow.mix(CLOCK);
        }
        touch(clockCell, write ? WRITE : READ);
    }

    /** The thread goes on because of what the current step did. */
    void enables(ManagedThread thread) {
        enabler(thread, ((steps - 1) << 4) | (thread.enabled ? INSTEAD : AFTER));
    }

    /** The thread goes on only because nobody else could. */
    void enabledByTime(ManagedThread thread) {
        enabler(thread, AFTER_ALL);
    }

    private static void enabler(ManagedThread thread, int enabler) {
        if (thread.enablers == thread.enabledBy.length) {
            thread.enabledBy = Arrays.copyOf(thread.enabledBy, 2 * thread.enablers);
        }
        thread.enabledBy[thread.enablers++] = enabler;
    }

    /** The current step comes after all that another thread, which has ended, did. */
    void after(ManagedThread ended) {
        add(ended.lastRun, AFTER);
    }

    /** Adds a cell that belongs to a thread, and is named after it. */
    private int newCell(ManagedThread thread, int location) {
        int cell = newCell();
        cellType[cell] = location;
        cellStep[cell] = -1;
        cellName[cell] = Shadow.mix(thread.key + location);
        return cell;
    }

    private int newCell(Shadow shadow, int location) {
        int cell = newCell();
        Object object = shadow.object;
        if (object == null || IdentityTable.isStatic(object)) {
            cellType[cell] = location;
            cellStep[cell] = -1;
            cellName[cell] = Shadow.mix(location);
            return cell;
        }
        Shadow whole = shadow.location == 0 ? shadow : shadows.of(object, 0);
        if (whole.name == 0) {
            nameObject(whole, object.getClass().getName().hashCode());
        }
        cellType[cell] = 31 * location + objectType[whole.nameIndex];
        cellStep[cell] = objectStep[whole.nameIndex];
        cellName[cell] = Shadow.mix(whole.name + location);
        return cell;
    }

    private void nameObject(Shadow whole, int type) {
        if (objects == objectType.length) {
            objectType = Arrays.copyOf(objectType, 2 * objects);
            objectStep = Arrays.copyOf(objectStep, 2 * objects);
        }
        int step = steps - 1;
        int alike = 0; // of the same type, named in the same step
        for (int i = objects - 1; i >= 0 && objectStep[i] == step; i--) {
            alike += objectType[i] == type ? 1 : 0;
        }
        objectType[objects] = type;
        objectStep[objects] = step;
        whole.nameIndex = objects++;
        whole.name =
                Shadow.mix(Shadow.mix(((long) type << 32) + alike) + ((long) process[step] << 32) + index[step]) | 1;
    }

    private int newCell() {
        cellCount++;
        if (cellCount >= cellType.length) {
            cellType = Arrays.copyOf(cellType, 2 * cellCount);
            cellEntry = Arrays.copyOf(cellEntry, 2 * cellCount);
            cellName = Arrays.copyOf(cellName, 2 * cellCount);
            cellStep = Arrays.copyOf(cellStep, 2 * cellCount);
        }
        cellEntry[cellCount] = 0;
        return cellCount;
    }

    private void touch(int cell, byte kind) {
        int entry = cellEntry[cell] - 1;
        if (entry >= begin[steps - 1] && kinds[entry] <= WRITE && kind <= WRITE) {
            kinds[entry] = (byte) Math.max(kinds[entry], kind);
            return;
        }
        add(cell, kind);
        cellEntry[cell] = size;
    }

    private void add(int cell, byte kind) {
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        cells[size] = cell;
        kinds[size++] = kind;
        begin[steps] = size;
    }

    // ---- what was written down --------------------------------------------------------------------------------------

    /** Returns true when the execution had more processes than can be told apart. */
    boolean tooMany() {
        return tooMany;
    }

    /** Returns how many processes there have been in any execution. */
    int processes() {
        return Math.min(processes.size(), MOST_PROCESSES);
    }

    int processOfThread(int thread) {
        return processOfThread[thread];
    }

    int steps() {
        return steps;
    }

    int process(int step) {
        return process[step];
    }

    /** Returns the number of a step among those of its process, from 1. */
    int index(int step) {
        return index[step];
    }

    /** Returns where the thread stood before the step. */
    int site(int step) {
        return site[step];
    }

    /** Returns the first entry of a step; its last one is before that of the next step. */
    int begin(int step) {
        return begin[step];
    }

    /** Returns the cell of an entry; for {@link #AFTER} and {@link #INSTEAD} a step. */
    int cell(int entry) {
        return cells[entry];
    }

    byte kind(int entry) {
        return kinds[entry];
    }

    /** Returns the name of a cell. */
    long name(int cell) {
        return cellName[cell];
    }

    /** Returns the step in which a cell got its name. */
    int namedIn(int cell) {
        return cellStep[cell];
    }

    /** Returns the highest number of a cell so far. */
    int cells() {
        return cellCount;
    }

    /** Returns what a cell is, as far as its class and its field tell: equal for cells that might be the same. */
    int type(int cell) {
        return cellType[cell];
    }

    /** Returns a hash of a step: equal when it is repeated. */
    long hash(int step) {
        return hash[step];
    }
}
