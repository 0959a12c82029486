package org.concurrentharness.explore.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.ExplorationBody;
import org.concurrentharness.explore.Explorations;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The races of the programs of the package {@code bench}: in the first execution, whatever the seed; and none that is not there. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BenchProgramRaceTests {
    private static final int SEEDS = 20;

    /** A program, and the variables on which it races. */
    record BenchProgram(String name, List<String> variables, ExplorationBody body) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Both accesses of a race occur in each execution of these. */
    private static final List<BenchProgram> RACY = List.of(
            new BenchProgram("LostUpdate2", List.of("LostUpdate2.counter"), () -> new bench.LostUpdate2().run()),
            new BenchProgram(
                    "DoubleChecked",
                    List.of("DoubleChecked.helper", "Helper.value"),
                    () -> new bench.DoubleChecked().run()),
            new BenchProgram(
                    "DoubleCheckedPure",
                    List.of("DoubleCheckedPure.helper", "Helper.value"),
                    () -> new bench.DoubleCheckedPure().run()),
            new BenchProgram("Reorder3", List.of("Reorder.a", "Reorder.b"), () -> new bench.Reorder3().run()),
            new BenchProgram("Reorder5", List.of("Reorder.a", "Reorder.b"), () -> new bench.Reorder5().run()),
            new BenchProgram("Reorder10", List.of("Reorder.a", "Reorder.b"), () -> new bench.Reorder10().run()));

    /** What is wrong with some of these is no data race: each shared variable is volatile, atomic or guarded. */
    private static final List<BenchProgram> WITHOUT_RACES = List.of(
            new BenchProgram("LostUpdateAtomic3x3", List.of(), () -> new bench.LostUpdateAtomic3x3().run()),
            new BenchProgram("DeadlockSync", List.of(), () -> new bench.DeadlockSync().run()),
            new BenchProgram("DeadlockLock", List.of(), () -> new bench.DeadlockLock().run()),
            new BenchProgram("BoundedBuffer", List.of(), () -> new bench.BoundedBuffer().run()),
            new BenchProgram("CheckThenAct", List.of(), () -> new bench.CheckThenAct().run()),
            new BenchProgram("ExecutorLatch", List.of(), () -> new bench.ExecutorLatch().run()),
            new BenchProgram("ReorderVolatile3", List.of(), () -> new bench.ReorderVolatile3().run()),
            new BenchProgram("ReorderVolatile5", List.of(), () -> new bench.ReorderVolatile5().run()),
            new BenchProgram("ReorderVolatile10", List.of(), () -> new bench.ReorderVolatile10().run()),
            new BenchProgram("TreiberStack", List.of(), () -> new bench.TreiberStack().run()),
            new BenchProgram("SyncCounter100", List.of(), () -> new bench.SyncCounter100().run()));

    static Stream<Arguments> racy() {
        return onEachCarrier(RACY);
    }

    static Stream<Arguments> withoutRaces() {
        return onEachCarrier(WITHOUT_RACES);
    }

    private static Stream<Arguments> onEachCarrier(List<BenchProgram> programs) {
        return programs.stream()
                .flatMap(program -> Explorations.carriers().stream().map(carrier -> Arguments.of(program, carrier)));
    }

    private static Exploration explore(
            BenchProgram program, CarrierKind carrier, DataRaces dataRaces, int executions, int seed) {
        Options options = Explorations.options(carrier).dataRaces(dataRaces);
        return Explorer.explore(options.executions(executions).seed(seed), program.body());
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("racy")
    void theFirstExecutionShowsTheRaceForEverySeed(BenchProgram program, CarrierKind carrier) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Exploration result = explore(program, carrier, DataRaces.REPORT, 1, seed);
            assertThat(result.races())
                    .extracting(DataRace::variable)
                    .as("seed %s", seed)
                    .isNotEmpty()
                    .allMatch(variable -> program.variables().stream().anyMatch(variable::contains));
        }
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("racy")
    void theRaceIsWhatFails(BenchProgram program, CarrierKind carrier) {
        Exploration result = explore(program, carrier, DataRaces.FAIL, 1_000, 1);
        assertThat(result.failure().map(Failure::kind)).contains(Failure.Kind.DATA_RACE);
        assertThat(result.executions()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("withoutRaces")
    void noRaceIsReportedThatIsNone(BenchProgram program, CarrierKind carrier) {
        for (int seed = 1; seed <= 5; seed++) {
            Exploration result = explore(program, carrier, DataRaces.FAIL, 50, seed);
            assertThat(result.races()).as("seed %s", seed).isEmpty();
            assertThat(result.failure().map(Failure::kind))
                    .as("seed %s", seed)
                    .isNotEqualTo(Optional.of(Failure.Kind.DATA_RACE));
        }
    }
}
