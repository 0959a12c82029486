package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** What a campaign says of how far it has come: every figure counts the same executions, and every sentence makes sense. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoverageTests {
    private static Options options(CarrierKind carrier, Search search) {
        return Explorations.options(carrier).strategy(search).dataRaces(DataRaces.FAIL);
    }

    private static void lastWins() throws InterruptedException {
        AtomicInteger x = new AtomicInteger();
        Tasks.together(() -> x.set(1), () -> x.set(2));
    }

    // ---- counts -----------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void neitherProbesNorTheSearchForHarmAreDistinctExecutions(CarrierKind carrier) {
        for (Search search : Search.values()) {
            Exploration result = Explorer.explore(options(carrier, search), () -> {
                int[] count = {0};
                Tasks.together(() -> count[0]++, () -> count[0]++);
            });
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.executions()).as("%s", search).isEqualTo(1);
            assertThat(result.distinct()).as("%s", search).isEqualTo(1);
            assertThat(result.coverage().text()).as("%s", search).isEqualTo("FAILED after 1 schedule");
        }
    }

    @OnEachCarrier
    void distinctAreAmongTheExecutionsThatCount(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier, Search.AUTO), () -> {
            List<Integer> list = new ArrayList<>();
            IntStream.range(0, 4).parallel().forEach(list::add);
        });
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.distinct()).isBetween(1, result.executions());
    }

    @OnEachCarrier
    void aFailureThatIsNotRepeatedIsOneDistinctExecution(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier, Search.RANDOM), CoverageTests::failsOnce);
        assertThat(result.executions()).isEqualTo(1);
        assertThat(result.distinct()).isEqualTo(1);
    }

    private static boolean failed;

    private static void failsOnce() {
        if (!failed) {
            failed = true;
            throw new IllegalStateException("once");
        }
    }

    // ---- sentences --------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void anEstimateBelowWhatHasRunIsLeftOut(CarrierKind carrier) {
        Exploration result =
                Explorer.explore(options(carrier, Search.RANDOM).executions(1_000), CoverageTests::lastWins);
        assertThat(result.coverage().text())
                .isEqualTo("SURVIVED 1 000 schedules, 2 of them distinct;"
                        + " a further one has about a 0 % chance to be new");
        assertThat(result.coverage().schedules()).isBetween(2.0, 1_000.0);
    }

    @OnEachCarrier
    void oneScheduleSaysNothingOfOthers(CarrierKind carrier) {
        for (Search search : List.of(Search.AUTO, Search.POS)) {
            assertThat(Explorer.explore(options(carrier, search).executions(1), CoverageTests::lastWins)
                            .coverage()
                            .text())
                    .isEqualTo("SURVIVED 1 schedule");
            ExplorationBody fails = () -> {
                throw new IllegalStateException("always");
            };
            assertThat(Explorer.explore(options(carrier, search), fails)
                            .coverage()
                            .text())
                    .isEqualTo("FAILED after 1 schedule");
        }
    }

    @OnEachCarrier
    void moreSchedulesThanADoubleCounts(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier, Search.AUTO).executions(5), () -> {
            AtomicInteger count = new AtomicInteger();
            Tasks.Task[] tasks = new Tasks.Task[200];
            Arrays.fill(tasks, (Tasks.Task) count::incrementAndGet);
            Tasks.together(tasks);
        });
        assertThat(result.coverage().schedules()).isInfinite();
        assertThat(result.coverage().text())
                .startsWith(
                        "SURVIVED 5 of an estimated 1e308 or more schedules, 5 of them distinct; a further one has about a ");
    }
}
