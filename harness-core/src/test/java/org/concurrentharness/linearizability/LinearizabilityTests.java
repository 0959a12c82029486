package org.concurrentharness.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Explorations;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Timeouts;
import org.concurrentharness.explore.Verdict;
import org.concurrentharness.linearizability.structures.Broken;
import org.concurrentharness.linearizability.structures.Correct;
import org.concurrentharness.linearizability.structures.Faulty;
import org.concurrentharness.linearizability.structures.LostSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearizabilityTests {
    private static final String[] INSIDE = {"java.util.concurrent"};

    static List<CarrierKind> carriers() {
        return Explorations.carriers();
    }

    /** Returns the carrier that this JVM uses of its own accord. */
    static CarrierKind usual() {
        return carriers().get(carriers().size() - 1);
    }

    static Options options(CarrierKind carrier) {
        return Options.defaults()
                .carrier(carrier)
                .executions(20_000)
                .budget(Duration.ofMinutes(10))
                .strategy(Search.RANDOM)
                .seed(42);
    }

    @ParameterizedTest
    @MethodSource
    void aCorrectStructureSurvives(Class<?> type) {
        List<Long> hashes = new ArrayList<>();
        for (CarrierKind carrier : carriers()) {
            LinearizabilityResult result = Linearizability.of(type)
                    .scenarios(20)
                    .options(options(carrier).executions(Explorations.THOROUGH ? 20_000 : 400))
                    .explore();

            assertThat(result.failure().map(Failure::report)).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
            assertThat(result.scenarios()).isGreaterThan(10);
            assertThat(result.histories()).isGreaterThan(result.scenarios());
            hashes.add(result.exploration().traceHash());
        }
        assertThat(hashes).containsOnly(hashes.get(0));
    }

    static Stream<Class<?>> aCorrectStructureSurvives() {
        return Stream.of(
                Correct.LinkedQueue.class,
                Correct.HashMapByKey.class,
                Correct.SkipList.class,
                Correct.Counter.class,
                Correct.SynchronizedStack.class,
                Correct.Treiber.class,
                Correct.BlockingBuffer.class);
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenStructureFailsInASmallScenarioThatReplays(
            Class<?> type, Failure.Kind kind, int operations, String[] inside) {
        Options options = options(usual()).strategy(Search.AUTO).seed(1).inside(inside);
        LinearizabilityResult result = Linearizability.of(type).options(options).explore();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        Failure failure = result.failure().orElseThrow();
        assertThat(failure.kind()).as(failure.report()).isEqualTo(kind);
        assertThat(size(failure)).as(failure.report()).isBetween(2, operations);
        assertThat(failure.trace()).isNotEmpty();
        for (CarrierKind carrier : carriers()) {
            LinearizabilityResult replay = Linearizability.of(type)
                    .options(options.carrier(carrier))
                    .replay(failure.replayToken())
                    .explore();

            assertThat(replay.executions()).isEqualTo(1);
            assertThat(replay.failure()).hasValueSatisfying(again -> {
                // how many races there are, only the campaign knows
                assertThat(again.message()).startsWith(failure.message().replaceFirst(" (One|[0-9]+) more .*", ""));
                assertThat(table(again)).isEqualTo(table(failure));
                assertThat(again.trace()).isEqualTo(failure.trace());
                assertThat(again.replayToken()).isEqualTo(failure.replayToken());
            });
        }
    }

    static Stream<Arguments> aBrokenStructureFailsInASmallScenarioThatReplays() {
        String[] nowhere = {};
        return Stream.of(
                Arguments.of(Broken.CheckThenAct.class, Failure.Kind.NOT_LINEARIZABLE, 2, nowhere),
                Arguments.of(Broken.GetThenSet.class, Failure.Kind.NOT_LINEARIZABLE, 2, nowhere),
                Arguments.of(Broken.Contracted.class, Failure.Kind.NOT_LINEARIZABLE, 2, nowhere),
                Arguments.of(Broken.BoundedQueue.class, Failure.Kind.NOT_LINEARIZABLE, 3, nowhere),
                Arguments.of(Broken.RacyStack.class, Failure.Kind.DATA_RACE, 2, nowhere),
                Arguments.of(Broken.AbaStack.class, Failure.Kind.NOT_LINEARIZABLE, 7, nowhere),
                Arguments.of(Broken.Sum.class, Failure.Kind.NOT_LINEARIZABLE, 2, nowhere),
                Arguments.of(Broken.MapSize.class, Failure.Kind.NOT_LINEARIZABLE, 4, INSIDE),
                Arguments.of(Broken.LinkedDeque.class, Failure.Kind.NOT_LINEARIZABLE, 4, INSIDE),
                Arguments.of(Broken.TwoLocks.class, Failure.Kind.DEADLOCK, 2, nowhere),
                Arguments.of(LostSignal.class, Failure.Kind.DEADLOCK, 2, nowhere),
                Arguments.of(Broken.OwnCopies.class, Failure.Kind.NOT_LINEARIZABLE, 2, nowhere));
    }

    /** Returns the lines about the scenario, without where it came from. */
    private static List<String> table(Failure failure) {
        return failure.story().details().stream()
                .filter(line -> !line.startsWith("Scenario "))
                .toList();
    }

    private static int size(Failure failure) {
        return (int) table(failure).stream()
                .filter(line -> line.startsWith("before") || line.startsWith("after") || line.startsWith("   "))
                .flatMap(line -> Stream.of(line.split("\\)", -1)))
                .filter(part -> part.contains("("))
                .count();
    }

    @Test
    void aTolerableRaceIsLookedAtForItsHarm() {
        LinearizabilityResult result = Linearizability.of(Broken.RacyStack.class)
                .options(options(usual()).dataRaces(DataRaces.IGNORE))
                .explore();

        assertThat(result.failure()).map(Failure::kind).contains(Failure.Kind.NOT_LINEARIZABLE);
    }

    @Test
    void anotherClassMaySayWhatIsRight() {
        Linearizability check = Linearizability.of(Faulty.Counter.class)
                .options(options(usual()).executions(500))
                .initialOperations(1)
                .scenarios(10);

        assertThat(check.specification(Faulty.Counter.class).explore().verdict())
                .isEqualTo(Verdict.SURVIVED);
        assertThat(check.specification(Faulty.OtherCounter.class).explore().failure())
                .hasValueSatisfying(failure -> assertThat(table(failure))
                        .containsExactly(
                                "threads  A",
                                "         add(1): 1  [1-2]",
                                "From the beginning, add(1) returns 0, not 1.",
                                "Possible, of add(1): 0",
                                "Returned: 1"));
    }

    @Test
    void tellsOfOperationsThatThrowOrReturnNothing() {
        LinearizabilityResult result = Linearizability.of(Broken.CloseTwice.class)
                .options(options(usual()))
                .explore();

        assertThat(result.failure())
                .hasValueSatisfying(failure -> assertThat(table(failure))
                        .endsWith(
                                "At best, after A close(): B close() throws IllegalStateException, and does not return.",
                                "Possible, of A close(), B close(): throws IllegalStateException, void | void, throws"
                                        + " IllegalStateException",
                                "Returned: void, void"));
    }

    @Test
    void anInvariantIsCheckedWhenAllOperationsHaveReturned() {
        Linearizability check = Linearizability.of(WithInvariant.class)
                .options(options(usual()).executions(100))
                .scenarios(10);

        assertThat(check.explore().verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(check.invariant("isZero").explore().failure()).hasValueSatisfying(failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
            assertThat(failure.message()).isEqualTo("java.lang.AssertionError: 1");
            assertThat(table(failure)).containsExactly("threads  A", "         add(): 1  [1-2]");
        });
        assertThatCode(() -> check.setUp("reset")
                        .tearDown("reset")
                        .invariant("isZero")
                        .explore())
                .doesNotThrowAnyException();
    }

    public static class WithInvariant {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add() {
            return count.incrementAndGet();
        }

        void isZero() {
            if (count.get() != 0) {
                throw new AssertionError(count.get());
            }
        }

        void reset() {
            count.set(0);
        }
    }

    @Test
    void anInnerClassGetsAnEnclosingInstance() {
        assertThat(Linearizability.of(Outer.Inner.class)
                        .options(options(usual()).executions(100))
                        .scenarios(10)
                        .explore()
                        .verdict())
                .isEqualTo(Verdict.SURVIVED);
    }

    public static class Outer {
        private final AtomicInteger count = new AtomicInteger(10);

        public class Inner {
            @Operation
            int add() {
                return count.incrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aProofIsForTheScenariosThatThereWere(CarrierKind carrier) {
        LinearizabilityResult result = Linearizability.of(Correct.Treiber.class)
                .operations(1)
                .initialOperations(1)
                .options(options(carrier).strategy(Search.EXHAUSTIVE))
                .explore();

        assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(result.proved()).isEqualTo(result.scenarios()).isEqualTo(96);
        assertThat(result.exploration().notes())
                .contains("PROVED for all 96 scenarios: every schedule was explored, up to equivalence.");
    }

    @Test
    void aProofTellsApartWhatDiffersInTimeOnly() {
        // the operations of different threads touch nothing in common
        LinearizabilityResult result = Linearizability.of(Broken.OwnCopies.class)
                .options(options(usual()).strategy(Search.EXHAUSTIVE))
                .explore();

        assertThat(result.failure()).map(Failure::kind).contains(Failure.Kind.NOT_LINEARIZABLE);
    }

    @Test
    void throwsTheReport() {
        assertThatExceptionOfType(ConcurrencyFailure.class)
                .isThrownBy(() -> Linearizability.check(Broken.GetThenSet.class))
                .withMessageStartingWith("Not linearizable: " + Broken.GetThenSet.class.getName());
        assertThatCode(() -> Linearizability.of(Correct.Counter.class)
                        .options(options(usual()).executions(100))
                        .check())
                .doesNotThrowAnyException();
    }

    @Test
    void whatBlocksIsNotExploredWithTimeoutsAtAnyTime() {
        LinearizabilityResult result = Linearizability.of(Correct.BlockingBuffer.class)
                .options(options(usual()).executions(200).timeouts(Timeouts.ANY_TIME))
                .scenarios(20)
                .explore();

        assertThat(result.failure()).isEmpty();
        assertThat(result.exploration().notes())
                .contains(
                        "Scenarios with operations that block for ever were left out: with timeouts = ANY_TIME it cannot be"
                                + " seen that they do.");
    }

    @Test
    void saysWhenTheBudgetIsSpent() {
        LinearizabilityResult result = Linearizability.of(Correct.Counter.class)
                .options(options(usual()).executions(5))
                .scenarios(20)
                .explore();

        assertThat(result.executions()).isEqualTo(5);
        assertThat(result.scenarios()).isEqualTo(5);
        assertThat(result.exploration().notes())
                .contains(
                        "The budget was spent after 5 of 20 scenarios.", "SURVIVED 5 executions of these 5 scenarios.");
    }
}
