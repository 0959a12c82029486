package org.concurrentharness.benchmarks;

import java.util.Optional;
import org.concurrentharness.benchmarks.programs.SyncCounter100;
import org.concurrentharness.benchmarks.programs.TreiberStack;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.ExplorationBody;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Verdict;

/**
 * A program whose executions are counted.
 *
 * @param label its name
 * @param body runs it once
 */
record Workload(String label, ExplorationBody body) {
    static final Workload TREIBER_STACK = new Workload("TreiberStack", () -> new TreiberStack().run());
    static final Workload SYNC_COUNTER_100 = new Workload("SyncCounter100", () -> new SyncCounter100().run());

    /** Explores the program, which is correct: a failure is the harness's. */
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
