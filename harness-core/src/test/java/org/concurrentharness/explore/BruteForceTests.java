package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exhaustive search is compared with running all schedules that there are. */
class BruteForceTests {
    /** More preemptions than these programs have steps: the search then tries every choice. */
    private static final int ANY_NUMBER = 1_000_000;

    /** Platform threads are too slow for all schedules of all programs. */
    private static final int MOST =
            Explorations.carriers().contains(CarrierKind.FIBERS) || Explorations.THOROUGH ? 200_000 : 300;

    static List<SmallPrograms.SmallProgram> programs() {
        return SmallPrograms.ALL;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void theReductionLosesNoOutcomeAndRepeatsNothing(SmallPrograms.SmallProgram program) {
        Options options = Options.defaults()
                .strategy(Search.EXHAUSTIVE)
                .executions(MOST)
                .budget(Duration.ofMinutes(10))
                .timeouts(program.timeouts())
                .dataRaces(DataRaces.IGNORE);
        Exploration reduced = Explorer.explore(options, program.body());
        Exploration all = Explorer.explore(options.preemptions(ANY_NUMBER), program.body());
        assertThat(reduced.verdict()).as("%s", reduced).isEqualTo(Verdict.PROVED);
        assertThat(reduced.executions()).as("no two are equivalent").isEqualTo(reduced.distinct());
        assertThat(reduced.outcomes().keySet()).containsAll(all.outcomes().keySet());
        if (all.verdict() == Verdict.PROVED) {
            assertThat(all.outcomes().keySet()).isEqualTo(reduced.outcomes().keySet());
            if (!program.yields()) {
                assertThat(all.distinct()).as("classes of all schedules").isEqualTo(reduced.distinct());
            }
            assertThat(all.executions()).isGreaterThanOrEqualTo(reduced.executions());
        } else {
            assertThat(MOST).as("%s: all schedules on fibers", all).isLessThan(1_000);
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsExploredDoesNotDependOnTheCarrier(SmallPrograms.SmallProgram program) {
        List<Integer> counts = Explorations.carriers().stream()
                .map(carrier -> Explorer.explore(
                                Options.defaults()
                                        .strategy(Search.EXHAUSTIVE)
                                        .budget(Duration.ofMinutes(10))
                                        .timeouts(program.timeouts())
                                        .dataRaces(DataRaces.IGNORE)
                                        .carrier(carrier),
                                program.body())
                        .executions())
                .distinct()
                .toList();
        assertThat(counts).hasSize(1);
    }
}
