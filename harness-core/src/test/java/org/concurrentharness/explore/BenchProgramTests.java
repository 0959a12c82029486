package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs that the field's tools are compared by: plain Java, see the package {@code bench}. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BenchProgramTests {
    private static final int SEEDS = 20;

    /** A program, and what is wrong with it, or null. */
    record BenchProgram(String name, Failure.Kind bug, ExplorationBody body) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The programs whose bug needs no race on a plain field. */
    static final List<BenchProgram> BUGGY = List.of(
            new BenchProgram(
                    "LostUpdateAtomic3x3", Failure.Kind.EXCEPTION, () -> new bench.LostUpdateAtomic3x3().run()),
            new BenchProgram("DeadlockSync", Failure.Kind.DEADLOCK, () -> new bench.DeadlockSync().run()),
            new BenchProgram("DeadlockLock", Failure.Kind.DEADLOCK, () -> new bench.DeadlockLock().run()),
            new BenchProgram("BoundedBuffer", Failure.Kind.DEADLOCK, () -> new bench.BoundedBuffer().run()),
            new BenchProgram("CheckThenAct", Failure.Kind.EXCEPTION, () -> new bench.CheckThenAct().run()),
            new BenchProgram("ExecutorLatch", Failure.Kind.DEADLOCK, () -> new bench.ExecutorLatch().run()),
            new BenchProgram("ReorderVolatile3", Failure.Kind.EXCEPTION, () -> new bench.ReorderVolatile3().run()),
            new BenchProgram("ReorderVolatile5", Failure.Kind.EXCEPTION, () -> new bench.ReorderVolatile5().run()),
            new BenchProgram("ReorderVolatile10", Failure.Kind.EXCEPTION, () -> new bench.ReorderVolatile10().run()));

    static final List<BenchProgram> CORRECT = List.of(
            new BenchProgram("TreiberStack", null, () -> new bench.TreiberStack().run()),
            new BenchProgram("SyncCounter100", null, () -> new bench.SyncCounter100().run()));

    static Stream<Arguments> buggy() {
        return onEachCarrier(BUGGY);
    }

    static Stream<Arguments> correct() {
        return onEachCarrier(CORRECT);
    }

    private static Stream<Arguments> onEachCarrier(List<BenchProgram> programs) {
        return programs.stream()
                .flatMap(program -> Explorations.carriers().stream().map(carrier -> Arguments.of(program, carrier)));
    }

    @ParameterizedTest
    @MethodSource("buggy")
    void randomFindsEveryBugForEverySeed(BenchProgram program, CarrierKind carrier) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Exploration result = Explorer.explore(
                    Explorations.options(carrier).executions(1_000).seed(seed), program.body());
            assertThat(result.failure().map(Failure::kind))
                    .as("seed %s after %s executions", seed, result.executions())
                    .contains(program.bug());
        }
    }

    @ParameterizedTest
    @MethodSource("correct")
    void correctProgramsSurvive(BenchProgram program, CarrierKind carrier) {
        int executions = carrier == CarrierKind.FIBERS || Explorations.THOROUGH ? 10_000 : 500;
        Exploration result = Explorer.explore(Explorations.options(carrier).executions(executions), program.body());
        assertThat(result.orThrow().verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.executions()).isEqualTo(executions);
    }
}
