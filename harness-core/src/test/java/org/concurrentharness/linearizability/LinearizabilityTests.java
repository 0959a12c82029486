package org.concurrentharness.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Explorations;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;
import org.concurrentharness.linearizability.structures.Broken;
import org.concurrentharness.linearizability.structures.Correct;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearizabilityTests {
    static List<CarrierKind> carriers() {
        return Explorations.carriers();
    }

    static Stream<Arguments> correct() {
        return Stream.of(
                        Correct.LinkedQueue.class,
                        Correct.HashMapByKey.class,
                        Correct.SkipList.class,
                        Correct.Counter.class,
                        Correct.SynchronizedStack.class,
                        Correct.Treiber.class,
                        Correct.BlockingBuffer.class)
                .flatMap(type -> carriers().stream().map(carrier -> Arguments.of(type, carrier)));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                        Broken.CheckThenAct.class,
                        Broken.GetThenSet.class,
                        Broken.BoundedQueue.class,
                        Broken.RacyStack.class,
                        Broken.AbaStack.class,
                        Broken.Sum.class,
                        Broken.MapSize.class,
                        Broken.LinkedDeque.class,
                        Broken.TwoLocks.class,
                        Broken.OwnCopies.class)
                .flatMap(type -> carriers().stream().map(carrier -> Arguments.of(type, carrier)));
    }

    private static Linearizability check(Class<?> type, CarrierKind carrier) {
        return Linearizability.of(type)
                .options(Options.defaults()
                        .carrier(carrier)
                        .executions(10_000)
                        .budget(Duration.ofMinutes(10))
                        .strategy(Search.RANDOM)
                        .seed(42));
    }

    @ParameterizedTest
    @MethodSource("correct")
    void aCorrectStructureSurvives(Class<?> type, CarrierKind carrier) {
        LinearizabilityResult result = check(type, carrier)
                .scenarios(30)
                .options(check0(carrier).executions(1_500))
                .explore();
        System.out.println("YYY " + type.getSimpleName() + " " + carrier + " " + result + " h=" + result.histories()
                + " " + result.exploration().elapsed() + " "
                + result.exploration().notes());
        assertThat(result.failure().map(Failure::report)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
    }

    private static Options check0(CarrierKind carrier) {
        return Options.defaults()
                .carrier(carrier)
                .budget(Duration.ofMinutes(10))
                .strategy(Search.RANDOM)
                .seed(42);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenStructureFails(Class<?> type, CarrierKind carrier) {
        LinearizabilityResult result = check(type, carrier).explore();
        System.out.println("YYY " + type.getSimpleName() + " " + carrier + " sc=" + result.scenarios() + " ex="
                + result.executions() + " h=" + result.histories() + " "
                + result.exploration().elapsed() + " " + result.exploration().notes() + "\n"
                + result.failure().map(Failure::report).orElse("NOT FOUND"));
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    }
}
