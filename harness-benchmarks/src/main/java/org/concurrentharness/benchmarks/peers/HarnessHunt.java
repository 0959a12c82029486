package org.concurrentharness.benchmarks.peers;

import java.time.Duration;
import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;

/** This harness, with its defaults but for the budget. */
final class HarnessHunt implements Hunt {
    /** The share of the processor time that a campaign has in time by the clock: compilers and reports take the rest. */
    private static final double BY_THE_CLOCK = 0.6;

    private final Subject subject;
    private final Options options;

    HarnessHunt(Subject subject, Search search, long seed, Duration budget) {
        this.subject = subject;
        this.options = Options.defaults()
                .strategy(search)
                .seed(seed)
                .budget(Duration.ofMillis((long) (BY_THE_CLOCK * budget.toMillis())))
                .executions(Integer.MAX_VALUE);
    }

    @Override
    public Result run() {
        Subject program = subject;
        Exploration exploration = Explorer.explore(options, () -> program.run());
        String remark = exploration
                .failure()
                .map(failure -> failure.kind().name())
                .orElse(exploration.verdict().name());
        return new Result(exploration.verdict() == Verdict.FAILED, exploration.executions(), remark);
    }

    @Override
    public long executions() {
        // a campaign tells when it ends, and not before
        return 0;
    }
}
