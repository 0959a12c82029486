package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Finds what happens before what among the steps of an execution, and which of them race: steps of two processes of which one
 * comes directly before the other, and that could have come the other way round. By vector clocks over steps, as in dynamic partial
 * order reduction (Flanagan and Godefroid, POPL 2005).
 *
 * <p>The monitors that threads stand before are the one case that is not plain: between the step that takes a monitor and the next
 * one that does stands the release, and yet these two race, since either could have been first (Abdulla, Aronis, Jonsson, Sagonas,
 * Source sets, JACM 2017, section on disabling).
 */
final class Dependences {
    /** Takes the races. */
    interface Races {
        /**
         * Two steps race.
         *
         * @param first the earlier step
         * @param second the later step
         * @param otherwise by process, how many of its steps come before the second one for other reasons than the first
         */
        void race(int first, int second, int[] otherwise);
    }

    private static final int NONE = -1;

    /** In place of a monitor: the step was another one before its source, and nothing else that it comes after matters. */
    private static final int ALTERNATIVE = -1;

    private final Footprints log;
    private int width;

    /** By step and process: how many steps of the process come before or are the step. */
    private int[] clocks = new int[1024];

    private final int[] lastOfProcess = new int[Footprints.MOST_PROCESSES];
    private final int[] base = new int[Footprints.MOST_PROCESSES];
    private final int[] otherwise = new int[Footprints.MOST_PROCESSES];

    // by cell
    private int[] written = new int[256];
    private int[] firstReader = new int[256];
    private int[] acquired = new int[256];
    private int[] released = new int[256];

    // lists of reading, and trying, steps
    private int readers;
    private int[] reader = new int[256];
    private int[] nextReader = new int[256];

    // what the current step comes directly after
    private int sources;
    private int[] source = new int[16];

    /** The monitor by which; 0 for other reasons, {@link #ALTERNATIVE}. */
    private int[] sourceMonitor = new int[16];

    private boolean[] sourceReleases = new boolean[16];
    private boolean[] sourceRaces = new boolean[16];

    Dependences(Footprints log) {
        this.log = log;
    }

    /** Returns how many steps of a process come before a step, or are it. */
    int clock(int step, int process) {
        return clocks[step * width + process];
    }

    /** Returns whether one step comes before another, or is it. */
    boolean before(int step, int later) {
        return clock(later, log.process(step)) >= log.index(step);
    }

    /** Analyses the execution in the log; races whose second step is {@code from} or later are told. */
    void analyse(int from, Races races) {
        prepare();
        for (int step = 0; step < log.steps(); step++) {
            int process = log.process(step);
            int last = lastOfProcess[process];
            Arrays.fill(base, 0, width, 0);
            join(base, last);
            sources = 0;
            for (int entry = log.begin(step); entry < log.begin(step + 1); entry++) {
                gather(process, log.cell(entry), log.kind(entry));
            }
            if (step >= from) {
                tell(step, races);
            }
            int row = step * width;
            System.arraycopy(base, 0, clocks, row, width);
            for (int i = 0; i < sources; i++) {
                join(clocks, row, source[i]);
            }
            clocks[row + process] = log.index(step);
            lastOfProcess[process] = step;
            for (int entry = log.begin(step); entry < log.begin(step + 1); entry++) {
                update(step, log.cell(entry), log.kind(entry));
            }
        }
    }

    /** Returns a hash of the execution that is the same for all that are equivalent to it, and no others but for collisions. */
    long hash() {
        long sum = 0;
        for (int step = 0; step < log.steps(); step++) {
            long hash = log.process(step);
            for (int p = 0; p < width; p++) {
                hash = Shadow.mix(hash * 0xD1342543DE82EF95L + clock(step, p) + ((long) p << 32));
            }
            sum += hash;
        }
        return sum;
    }

    private void prepare() {
        width = log.processes();
        int steps = log.steps();
        if (clocks.length < steps * width) {
            clocks = new int[2 * steps * width];
        }
        int cells = log.cells() + 1;
        if (written.length < cells) {
            written = new int[2 * cells];
            firstReader = new int[2 * cells];
            acquired = new int[2 * cells];
            released = new int[2 * cells];
        }
        Arrays.fill(written, 0, cells, NONE);
        Arrays.fill(firstReader, 0, cells, NONE);
        Arrays.fill(acquired, 0, cells, NONE);
        Arrays.fill(released, 0, cells, NONE);
        Arrays.fill(lastOfProcess, NONE);
        readers = 0;
    }

    private void gather(int process, int cell, byte kind) {
        switch (kind) {
            case Footprints.READ -> source(process, written[cell], 0, false, true);
            case Footprints.WRITE -> {
                source(process, written[cell], 0, false, true);
                sourceReaders(process, cell);
            }
            case Footprints.ACQUIRE -> {
                source(process, acquired[cell], cell, false, true);
                source(process, released[cell], cell, true, false);
            }
            case Footprints.ACQUIRE_INSIDE -> source(process, released[cell], 0, false, true);
            case Footprints.TRY -> source(process, acquired[cell], 0, false, true);
            case Footprints.RELEASE -> sourceReaders(process, cell);
            case Footprints.AFTER -> join(base, cell);
            case Footprints.INSTEAD -> source(process, cell, ALTERNATIVE, false, true);
            default -> {
                for (int p = 0; p < width; p++) {
                    join(base, lastOfProcess[p]);
                }
            }
        }
    }

    private void sourceReaders(int process, int cell) {
        for (int i = firstReader[cell]; i != NONE; i = nextReader[i]) {
            source(process, reader[i], 0, false, true);
        }
    }

    private void source(int process, int step, int monitor, boolean releases, boolean races) {
        if (step == NONE || log.process(step) == process) {
            return;
        }
        if (sources == source.length) {
            source = Arrays.copyOf(source, 2 * sources);
            sourceMonitor = Arrays.copyOf(sourceMonitor, 2 * sources);
            sourceReleases = Arrays.copyOf(sourceReleases, 2 * sources);
            sourceRaces = Arrays.copyOf(sourceRaces, 2 * sources);
        }
        source[sources] = step;
        sourceMonitor[sources] = monitor;
        sourceReleases[sources] = releases;
        sourceRaces[sources++] = races;
    }

    private void update(int step, int cell, byte kind) {
        switch (kind) {
            case Footprints.READ, Footprints.TRY -> {
                if (readers == reader.length) {
                    reader = Arrays.copyOf(reader, 2 * readers);
                    nextReader = Arrays.copyOf(nextReader, 2 * readers);
                }
                reader[readers] = step;
                nextReader[readers] = firstReader[cell];
                firstReader[cell] = readers++;
            }
            case Footprints.WRITE -> {
                written[cell] = step;
                firstReader[cell] = NONE;
            }
            case Footprints.ACQUIRE, Footprints.ACQUIRE_INSIDE -> acquired[cell] = step;
            case Footprints.RELEASE -> {
                released[cell] = step;
                firstReader[cell] = NONE;
            }
            default -> {
                // an order and no access
            }
        }
    }

    private void tell(int step, Races races) {
        for (int i = 0; i < sources; i++) {
            if (sourceRaces[i] && !told(i) && direct(i)) {
                races.race(source[i], step, otherwise);
            }
        }
    }

    /** Returns whether a source with the same step has been dealt with. */
    private boolean told(int i) {
        for (int j = 0; j < i; j++) {
            if (source[j] == source[i] && sourceRaces[j]) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the current step comes after source {@code i} directly; {@link #otherwise} is what else it comes after. */
    private boolean direct(int i) {
        int first = source[i];
        int process = log.process(first);
        if (base[process] >= log.index(first)) {
            return false;
        }
        int release = NONE;
        for (int j = 0; j < sources; j++) {
            if (sourceMonitor[i] > 0 && sourceReleases[j] && sourceMonitor[j] == sourceMonitor[i]) {
                release = source[j];
            }
        }
        System.arraycopy(base, 0, otherwise, 0, width);
        if (sourceMonitor[i] == ALTERNATIVE) {
            return true;
        }
        for (int j = 0; j < sources; j++) {
            int other = source[j];
            boolean sameReason = sourceReleases[j]
                    ? other == release // the monitor that is raced for
                    : other == first || (release != NONE && before(other, release));
            if (sameReason) {
                continue;
            }
            if (before(first, other)) {
                return false;
            }
            join(otherwise, other);
        }
        return true;
    }

    private void join(int[] clock, int step) {
        join(clock, 0, step);
    }

    private void join(int[] clock, int offset, int step) {
        if (step == NONE) {
            return;
        }
        int row = step * width;
        for (int p = 0; p < width; p++) {
            clock[offset + p] = Math.max(clock[offset + p], clocks[row + p]);
        }
    }
}
