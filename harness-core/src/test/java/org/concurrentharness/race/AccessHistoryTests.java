package org.concurrentharness.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the histories of variables, which forget what cannot matter, with a detector that forgets nothing. */
class AccessHistoryTests {
    private static final int THREADS = 4;
    private static final int TRACES = 20_000;

    private enum Kind {
        READ,
        WRITE,
        ATOMIC_READ,
        ATOMIC_WRITE;

        boolean writes() {
            return this == WRITE || this == ATOMIC_WRITE;
        }

        boolean isAtomic() {
            return this == ATOMIC_READ || this == ATOMIC_WRITE;
        }

        boolean conflictsWith(Kind other) {
            return (writes() || other.writes()) && !(isAtomic() && other.isAtomic());
        }
    }

    /** An access with all that had happened before it. */
    private record Access(int thread, Kind kind, VectorClock before, int time) {
        boolean orderedBefore(Access later) {
            return thread == later.thread || time <= later.before.get(thread);
        }
    }

    /** One trace, seen by both detectors. */
    private static final class Trace {
        private final ThreadClock[] threads = new ThreadClock[THREADS];
        private final VectorClock[] locks = {new VectorClock(), new VectorClock()};
        private final AccessHistory history = new AccessHistory();
        private final List<Access> accesses = new ArrayList<>();
        private int found;
        private boolean expected;

        Trace() {
            for (int i = 0; i < THREADS; i++) {
                threads[i] = new ThreadClock();
                threads[i].begin(i);
            }
        }

        void step(Random random, boolean atomics) {
            ThreadClock me = threads[random.nextInt(THREADS)];
            switch (random.nextInt(5)) {
                case 0 -> me.acquire(locks[random.nextInt(locks.length)]);
                case 1 -> me.release(locks[random.nextInt(locks.length)]);
                default -> access(me, Kind.values()[random.nextInt(atomics ? 4 : 2)]);
            }
        }

        private void access(ThreadClock me, Kind kind) {
            Conflicts count = (variable, thread, site, writes, other, otherSite, otherWrites) -> found++;
            switch (kind) {
                case READ -> history.read(me, accesses.size(), count);
                case WRITE -> history.write(me, accesses.size(), accesses.size(), count);
                default -> history.atomic(me, accesses.size(), kind.writes(), count);
            }
            VectorClock before = new VectorClock();
            me.release(before); // a copy of what has happened before, and nothing that anybody acquires
            Access access = new Access(me.thread(), kind, before, before.get(me.thread()));
            for (Access earlier : accesses) {
                expected |= earlier.kind.conflictsWith(kind) && !earlier.orderedBefore(access);
            }
            accesses.add(access);
        }
    }

    @Test
    void findARaceWhereThereIsOneAndNoneWhereThereIsNone() {
        int racy = 0;
        for (int seed = 0; seed < TRACES; seed++) {
            Random random = new Random(seed);
            Trace trace = new Trace();
            int length = 2 + random.nextInt(12);
            boolean atomics = random.nextBoolean();
            for (int i = 0; i < length && !trace.expected; i++) {
                trace.step(random, atomics);
                assertThat(trace.found > 0).as("trace %d, step %d", seed, i).isEqualTo(trace.expected);
            }
            racy += trace.expected ? 1 : 0;
        }
        assertThat(racy).isBetween(TRACES / 5, TRACES * 4 / 5);
    }

    @Test
    void tellBothAccesses() {
        ThreadClock writer = new ThreadClock();
        writer.begin(0);
        ThreadClock reader = new ThreadClock();
        reader.begin(3);
        AccessHistory history = new AccessHistory();
        List<String> found = new ArrayList<>();
        Conflicts conflicts = (variable, thread, site, writes, other, otherSite, otherWrites) ->
                found.add(thread + "@" + site + writes + " " + other + "@" + otherSite + otherWrites);

        history.write(writer, 11, 1, conflicts);
        history.read(reader, 12, conflicts);
        history.write(writer, 13, 2, conflicts);

        assertThat(found).containsExactly("0@11true 3@12false", "3@12false 0@13true");
    }

    @Test
    void forgetWhatWasBeforeTheyWereCleared() {
        ThreadClock one = new ThreadClock();
        one.begin(0);
        ThreadClock other = new ThreadClock();
        other.begin(1);
        AccessHistory history = new AccessHistory();
        List<Integer> found = new ArrayList<>();
        Conflicts conflicts = (variable, thread, site, writes, second, otherSite, otherWrites) -> found.add(thread);
        history.write(one, 1, 1, conflicts);
        history.atomic(one, 2, true, conflicts);

        history.clear();
        history.write(other, 3, 2, conflicts);

        assertThat(found).isEmpty();
        assertThat(Epoch.thread(history.lastWrite())).isEqualTo(1);
    }
}
