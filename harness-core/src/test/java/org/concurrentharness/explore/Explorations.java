package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.concurrentharness.agent.Agent;

/** Explores small bodies on every carrier, and says what is expected of them. */
public final class Explorations {
    /** True in the build that takes its time: {@code mvn verify -Pthorough}. */
    public static final boolean THOROUGH = Boolean.getBoolean("thorough");

    private static final int SURVIVALS = THOROUGH ? 2_000 : 100;
    private static final int TO_FIND = 1_000;

    private Explorations() {}

    /** Returns the carriers that this JVM offers. */
    public static List<CarrierKind> carriers() {
        Agent.install(); // opens what the question needs
        return Carriers.choose(CarrierKind.FIBERS).refusal().isEmpty()
                ? List.of(CarrierKind.THREADS, CarrierKind.FIBERS)
                : List.of(CarrierKind.THREADS);
    }

    /** Options of a campaign that is bounded by its executions only. */
    public static Options options(CarrierKind carrier) {
        return Options.defaults()
                .carrier(carrier)
                .strategy(Search.RANDOM)
                .dataRaces(DataRaces.IGNORE)
                .leakedThreads(LeakedThreads.FAIL)
                .executions(SURVIVALS)
                .budget(Duration.ofMinutes(10))
                .seed(42);
    }

    /** Asserts that a correct body survives, and does the same whenever and wherever it is explored. */
    static void survives(ExplorationBody body) {
        survives(body, UnaryOperator.identity());
    }

    /** Asserts the same under changed options. */
    static void survives(ExplorationBody body, UnaryOperator<Options> change) {
        List<Exploration> all = new ArrayList<>();
        for (CarrierKind carrier : carriers()) {
            all.add(survives(carrier, body, change));
        }
        all.add(survives(carriers().get(carriers().size() - 1), body, change));
        assertThat(all)
                .as("trace hashes on %s", carriers())
                .extracting(Exploration::traceHash)
                .containsOnly(all.get(0).traceHash());
    }

    private static Exploration survives(CarrierKind carrier, ExplorationBody body, UnaryOperator<Options> change) {
        Exploration result = Explorer.explore(change.apply(options(carrier)), body);
        assertThat(result.failure()).as("on %s:%n%s", carrier, report(result)).isEmpty();
        assertThat(result.verdict()).as("on %s: %s", carrier, result.notes()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.notes()).as("on %s", carrier).doesNotContain(Messages.STATIC_STATE);
        return result;
    }

    /** Asserts that a broken body is found to be so, in the same execution on every carrier. */
    static Failure fails(Failure.Kind kind, ExplorationBody body) {
        return fails(kind, body, UnaryOperator.identity());
    }

    /** Asserts the same under changed options. */
    static Failure fails(Failure.Kind kind, ExplorationBody body, UnaryOperator<Options> change) {
        List<Exploration> all = new ArrayList<>();
        for (CarrierKind carrier : carriers()) {
            Exploration result = Explorer.explore(change.apply(options(carrier).executions(TO_FIND)), body);
            assertThat(result.failure())
                    .as("on %s after %s executions", carrier, result.executions())
                    .isPresent();
            Failure failure = result.failure().orElseThrow();
            assertThat(failure.kind())
                    .as("on %s:%n%s", carrier, failure.report())
                    .isEqualTo(kind);
            assertThat(result.notes())
                    .as("on %s", carrier)
                    .noneMatch(note -> note.contains("did not fail in the same way"));
            all.add(result);
        }
        assertThat(all)
                .as("trace hashes on %s", carriers())
                .extracting(Exploration::traceHash)
                .containsOnly(all.get(0).traceHash());
        return all.get(all.size() - 1).failure().orElseThrow();
    }

    private static String report(Exploration result) {
        return result.failure().map(Failure::report).orElse("");
    }
}
