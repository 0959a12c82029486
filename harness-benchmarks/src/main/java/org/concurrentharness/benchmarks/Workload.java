package org.concurrentharness.benchmarks;

import java.util.Optional;
import org.concurrentharness.benchmarks.programs.LostUpdate2;
import org.concurrentharness.benchmarks.programs.SyncCounter100;
import org.concurrentharness.benchmarks.programs.TreiberStack;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.ExplorationBody;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Verdict;

/**
 * A program whose executions are counted: one that does not fail.
 *
 * @param label its name
 * @param dataRaces what is made of its data races
 * @param body runs it once
 */
record Workload(String label, DataRaces dataRaces, ExplorationBody body) {
    static final Workload TREIBER_STACK = new Workload("TreiberStack", DataRaces.FAIL, () -> new TreiberStack().run());
    static final Workload SYNC_COUNTER_100 =
            new Workload("SyncCounter100", DataRaces.FAIL, () -> new SyncCounter100().run());
    /** Its race is found in each campaign, and its accesses are scheduling points from then on. */
    static final Workload LOST_UPDATE_TOLERATED =
            new Workload("LostUpdate2", DataRaces.REPORT, () -> new LostUpdate2().count());

    /** Returns the options with what this program needs. */
    Options options(Options options) {
        return options.dataRaces(dataRaces);
    }

    /** Explores the program: a failure is the harness's. */
    Exploration explore(Options options) {
        return checked(Explorer.explore(options, body));
    }

    static Exploration checked(Exploration exploration) {
        if (exploration.verdict() != Verdict.SURVIVED && exploration.verdict() != Verdict.PROVED) {
            throw new IllegalStateException("verdict " + exploration.verdict()
                    + exploration.failure().map(Failure::report).orElse("") + exploration.notes());
        }
        Optional<Failure> failure = exploration.failure();
        if (failure.isPresent()) {
            throw new IllegalStateException(failure.get().report());
        }
        return exploration;
    }
}
