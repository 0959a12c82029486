package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.options;
import static org.concurrentharness.explore.Tasks.together;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;

/** Static state is the campaign's; with {@code isolate}, the execution's. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StaticStateTests {
    private static final String DIFFERING =
            "Executions of the same schedule differ, so that this pass covers less than it seems";

    private static int plain;

    /** Made once, as singletons are. */
    static final class Singleton {
        static final AtomicInteger MADE = new AtomicInteger();
        private static volatile Singleton instance;

        static Singleton get() {
            if (instance == null) {
                instance = new Singleton();
                MADE.incrementAndGet();
            }
            return instance;
        }
    }

    /** Behaves otherwise each time. */
    static final class Countdown {
        private static final AtomicInteger EXECUTIONS = new AtomicInteger();

        static void run() {
            int points = EXECUTIONS.incrementAndGet() % 5;
            for (int i = 0; i < points; i++) {
                EXECUTIONS.get();
            }
        }
    }

    /** Initialised in the warm-up. */
    static final class Slow {
        static final AtomicInteger VALUE = new AtomicInteger();

        static {
            for (int i = 0; i < 10; i++) {
                VALUE.incrementAndGet();
            }
        }
    }

    @OnEachCarrier
    void classInitialisersRunBeforeWhatCounts(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> Slow.VALUE.get());
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.outcomes()).containsOnlyKeys("10");
    }

    @OnEachCarrier
    void staticStateIsTheCampaignsOwn(CarrierKind carrier) {
        ExplorationCall<Integer> body = () -> Singleton.MADE.incrementAndGet();
        Explorer.explore(options(carrier), body);
        Exploration again = Explorer.explore(options(carrier).executions(1), body);
        assertThat(again.outcomes()).containsOnlyKeys("2"); // after the warm-up, whatever other campaigns did
        assertThat(Singleton.MADE.get()).isZero();
    }

    @OnEachCarrier
    void executionsThatDifferAreRecognised(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), Countdown::run);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith(DIFFERING + ": step ")
                        .contains("StaticStateTests.java:", " once and ", " the next time", "isolate = true"));
        Exploration isolated = Explorer.explore(options(carrier).isolate(true).executions(20), Countdown::run);
        assertThat(isolated.verdict()).isEqualTo(Verdict.SURVIVED);
    }

    @OnEachCarrier
    void whatDiffersFromTimeToTimeIsNotSaidToBeExplored(CarrierKind carrier) {
        for (Search strategy : new Search[] {Search.EXHAUSTIVE, Search.AUTO}) {
            Exploration result = Explorer.explore(options(carrier).strategy(strategy), () -> {
                AtomicInteger number = new AtomicInteger();
                if (Singleton.MADE.getAndIncrement() % 2 == 0) {
                    together(number::incrementAndGet, number::incrementAndGet);
                } else {
                    together(number::incrementAndGet, () -> number.set(5));
                }
            });
            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.coverage().text())
                    .startsWith("INCONCLUSIVE after " + result.executions() + " executions: ")
                    .doesNotContain("explored");
            assertThat(result.notes())
                    .anySatisfy(note -> assertThat(note)
                            .startsWith(DIFFERING + ": step ")
                            .contains("AtomicInteger.incrementAndGet by ", " once and ", "StaticStateTests.java:"));
        }
    }

    @OnEachCarrier
    void outcomesThatDifferAreRecognised(CarrierKind carrier) {
        ExplorationCall<Integer> body = () -> ++plain;
        for (Search strategy : new Search[] {Search.EXHAUSTIVE, Search.AUTO}) {
            Exploration result = Explorer.explore(options(carrier).strategy(strategy), body);
            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.notes())
                    .anyMatch(note ->
                            note.matches(DIFFERING + ": its outcome was [0-9]+ once and [0-9]+ the next time\\. .*"));
        }
    }

    @OnEachCarrier
    void aFailureThatComesAndGoesIsNotBlamedOnNewClasses(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> {
            if (plain++ % 3 == 0) {
                throw new AssertionError("every third time");
            }
        });
        assertThat(result.failure()).isPresent();
        assertThat(result.distinct()).isEqualTo(1);
        assertThat(result.notes())
                .doesNotContain(Messages.ONLY_ONCE)
                .anyMatch(note -> note.startsWith("A replay of the failing schedule did not fail in the same way"));
    }

    @OnEachCarrier
    void aFailureOfNewClassesIsToldAsSuch(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> {
            if (plain++ == 0) {
                throw new AssertionError("the first time");
            }
        });
        assertThat(result.failure()).isPresent();
        assertThat(result.notes()).contains(Messages.ONLY_ONCE);
    }

    @OnEachCarrier
    void stateThatIsSetOnceIsRecognised(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> together(Singleton::get, Singleton::get));
        assertThat(result.notes()).contains(Messages.STATIC_STATE);
        assertThat(Messages.STATIC_STATE).contains("isolate = true");
    }

    @OnEachCarrier
    void isolateFindsTheRaceInALazySingleton(CarrierKind carrier) {
        ExplorationBody body = () -> {
            together(Singleton::get, Singleton::get);
            Tasks.checkEquals(Singleton.MADE.get(), 1);
        };
        assertThat(Explorer.explore(options(carrier), body).failure()).isEmpty(); // made in the warm-up
        Exploration isolated = Explorer.explore(options(carrier).isolate(true), body);
        assertThat(isolated.failure().map(Failure::kind)).contains(Failure.Kind.EXCEPTION);
        assertThat(isolated.notes())
                .doesNotContain(Messages.STATIC_STATE)
                .noneMatch(note -> note.startsWith(DIFFERING));
    }

    @OnEachCarrier
    void isolateGivesEachExecutionFreshStatics(CarrierKind carrier) {
        Exploration result =
                Explorer.explore(options(carrier).isolate(true).executions(20), () -> Singleton.MADE.incrementAndGet());
        assertThat(result.outcomes()).containsOnlyKeys("1").containsEntry("1", 20L);
    }
}
