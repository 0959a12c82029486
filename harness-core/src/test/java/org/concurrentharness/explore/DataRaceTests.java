package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a data race that was found: the failure, its harm, the report, and what is excluded. */
class DataRaceTests {
    /** Any annotation of this name counts. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface BenignRace {}

    static final class Counter {
        int plain;
        final ReentrantLock lock = new ReentrantLock();
        final Map<String, Integer> map = new HashMap<>();

        synchronized void underMonitor() {
            plain++;
        }

        void underLock() {
            lock.lock();
            plain++;
            lock.unlock();
        }
    }

    static final class Tolerant {
        @BenignRace
        int tolerated;

        @BenignRace
        int neverShared;
    }

    static final class Lazy {
        static int[] table;

        static int get() {
            if (table == null) {
                table = new int[] {7};
            }
            return table[0];
        }
    }

    private static Options options(CarrierKind carrier) {
        return Explorations.options(carrier).dataRaces(DataRaces.FAIL);
    }

    private static void both(Runnable task) throws InterruptedException {
        Thread first = new Thread(task, "first");
        Thread second = new Thread(task, "second");
        first.start();
        second.start();
        first.join();
        second.join();
    }

    private static Failure failure(Exploration exploration) {
        return exploration.failure().orElseThrow(() -> new AssertionError("found nothing"));
    }

    @OnEachCarrier
    void theHarmIsPartOfTheFailure(CarrierKind carrier) {
        ExplorationBody body = () -> {
            Counter counter = new Counter();
            both(() -> counter.plain++);
            if (counter.plain != 2) {
                throw new AssertionError("expected 2 but was " + counter.plain);
            }
        };
        Exploration found = Explorer.explore(options(carrier), body);

        Failure failure = failure(found);
        assertThat(found.executions()).isEqualTo(1);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA_RACE);
        assertThat(failure.cause()).get().hasToString("java.lang.AssertionError: expected 2 but was 1");
        assertThat(failure.message()).contains("Counter.plain", "The race does harm.", "expected 2 but was 1");
        assertThat(failure.races()).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("DataRaceTests.Counter.plain");
            assertThat(race.first().threadName()).isEqualTo("first");
            assertThat(race.second().threadName()).isEqualTo("second");
            assertThat(race.first().stack().get(0)).isEqualTo(race.first().place());
            assertThat(race.first().started())
                    .get()
                    .satisfies(place -> assertThat(place.getMethodName()).isEqualTo("both"));
            assertThat(race.synchronization()).startsWith("Neither holds a lock");
            assertThat(race.mend()).contains("AtomicInteger");
        });
        assertThat(failure.trace()).filteredOn(TraceStep::preempted).hasSize(1);
        assertThat(failure.report()).contains("read", "write", "→ 0", "→ 1");

        Exploration again = Explorer.explore(options(carrier).replay(failure.replayToken()), body);
        assertThat(failure(again).kind()).isEqualTo(Failure.Kind.DATA_RACE);
        assertThat(failure(again).cause()).get().hasToString("java.lang.AssertionError: expected 2 but was 1");
        assertThat(failure(again).trace()).isEqualTo(failure.trace());
    }

    @OnEachCarrier
    void aRaceWithoutHarmSaysHowManyWereTried(CarrierKind carrier) {
        Exploration found = Explorer.explore(options(carrier), () -> {
            Counter counter = new Counter();
            both(() -> counter.plain = 3);
        });

        Failure failure = failure(found);
        assertThat(failure.cause()).isEmpty();
        assertThat(failure.report()).contains("No harm was found in 1000 more executions");
        assertThat(failure.story().preemptions()).isZero();
    }

    @OnEachCarrier
    void anOtherOutcomeIsHarmAsWell(CarrierKind carrier) {
        ExplorationCall<Integer> body = () -> {
            Counter counter = new Counter();
            both(() -> counter.plain++);
            return counter.plain;
        };
        Failure failure = failure(Explorer.explore(options(carrier), body));

        assertThat(failure.cause()).isEmpty();
        assertThat(failure.message()).contains("this interleaving gives 1; without, only 2 was seen.");
        assertThat(failure.story().preemptions()).isEqualTo(1);
    }

    static final class Once {
        static int executions;
    }

    @OnEachCarrier
    void harmThatDoesNotRepeatIsNotDenied(CarrierKind carrier) {
        Failure failure = failure(Explorer.explore(options(carrier), () -> {
            Counter counter = new Counter();
            both(() -> counter.plain = 3);
            if (++Once.executions == 50) {
                throw new AssertionError("the fiftieth");
            }
        }));

        assertThat(failure.report())
                .contains("failed: java.lang.AssertionError: the fiftieth - but a replay of it did not.")
                .doesNotContain("No harm was found");
    }

    @OnEachCarrier
    void locksThatAreNotTheSameAreNamed(CarrierKind carrier) {
        Exploration found = Explorer.explore(options(carrier), () -> {
            Counter counter = new Counter();
            Thread other = new Thread(counter::underLock, "other");
            other.start();
            counter.underMonitor();
            other.join();
        });

        assertThat(failure(found).races())
                .allSatisfy(race -> assertThat(race.synchronization())
                        .startsWith("Both hold a lock, but not the same one:")
                        .contains("ReentrantLock#1", "Counter#1"));
    }

    @OnEachCarrier
    void collectionsAreNamedByTheirCalls(CarrierKind carrier) {
        Exploration found = Explorer.explore(options(carrier), () -> {
            Counter counter = new Counter();
            Thread other = new Thread(() -> counter.map.put("a", 1), "other");
            other.start();
            counter.map.get("a");
            other.join();
        });

        assertThat(failure(found).races()).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("HashMap#1");
            assertThat(race.first().operation()).isEqualTo("HashMap.get");
            assertThat(race.second().operation()).isEqualTo("HashMap.put");
            assertThat(race.mend()).contains("ConcurrentHashMap");
        });
    }

    @OnEachCarrier
    void reportedRacesAreNotesAndPoints(CarrierKind carrier) {
        ExplorationCall<Integer> body = () -> {
            Counter counter = new Counter();
            both(() -> counter.plain = counter.plain + 1);
            return counter.plain;
        };
        Exploration reported = Explorer.explore(options(carrier).dataRaces(DataRaces.REPORT), body);
        assertThat(reported.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(reported.races()).hasSize(1);
        assertThat(reported.notes())
                .singleElement()
                .satisfies(note -> assertThat(note).startsWith("Data race on DataRaceTests.Counter.plain:"));
        assertThat(reported.outcomes()).containsOnlyKeys("1", "2");

        Exploration ignored = Explorer.explore(options(carrier).dataRaces(DataRaces.IGNORE), body);
        assertThat(ignored.races()).isEmpty();
        assertThat(ignored.notes()).isEmpty();
        assertThat(ignored.outcomes()).containsOnlyKeys("1", "2");
    }

    @OnEachCarrier
    void aFailureThroughAToleratedRaceReplays(CarrierKind carrier) {
        ExplorationBody body = () -> {
            Counter counter = new Counter();
            both(() -> counter.plain++);
            if (counter.plain != 2) {
                throw new AssertionError("lost");
            }
        };
        Failure failure = failure(Explorer.explore(options(carrier).dataRaces(DataRaces.IGNORE), body));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);

        Exploration again =
                Explorer.explore(options(carrier).dataRaces(DataRaces.IGNORE).replay(failure.replayToken()), body);
        assertThat(failure(again).trace()).isEqualTo(failure.trace());
    }

    @OnEachCarrier
    void annotatedFieldsAreExcludedAndThoseThatExcludeNothingAreTold(CarrierKind carrier) {
        Exploration found = Explorer.explore(options(carrier), () -> {
            Tolerant counter = new Tolerant();
            both(() -> counter.tolerated++);
            return counter.tolerated;
        });

        assertThat(found.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(found.outcomes()).containsKey("1");
        assertThat(found.notes())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .startsWith(
                                "@BenignRace on field " + Tolerant.class.getName() + ".neverShared excluded nothing"));
    }

    @OnEachCarrier
    void patternsExcludeAndThoseThatExcludeNothingAreTold(CarrierKind carrier) {
        Exploration found = Explorer.explore(
                options(carrier).ignoreRaces(Counter.class.getName() + ".pl*", "com.acme.Typo.count"), () -> {
                    Counter counter = new Counter();
                    both(() -> counter.plain++);
                });

        assertThat(found.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(found.notes())
                .contains("harness.races.ignore: \"com.acme.Typo.count\" matched no data race of this test.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com.acme.", ".x", "a..b", "com.acme.Foo#bar", "[a"})
    void aPatternThatCannotBeParsedIsRefused(String pattern) {
        assertThatThrownBy(() -> Options.defaults().ignoreRaces(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("harness.races.ignore is \"" + pattern + "\"; it must be names of fields");
    }

    @OnEachCarrier
    void aRaceThatOnlyFreshStaticStateShowsIsFound(CarrierKind carrier) {
        Exploration found = Explorer.explore(options(carrier), () -> both(Lazy::get));

        Failure failure = failure(found);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA_RACE);
        assertThat(failure.races()).extracting(DataRace::variable).contains("DataRaceTests.Lazy.table");
        assertThat(failure.report()).contains("isolate = true");
    }

    @OnEachCarrier
    void withFreshClassesItIsShownInFull(CarrierKind carrier) {
        Exploration found = Explorer.explore(options(carrier).isolate(true).executions(50), () -> both(Lazy::get));

        assertThat(failure(found).races())
                .filteredOn(race -> race.variable().equals("DataRaceTests.Lazy.table"))
                .first()
                .satisfies(race -> assertThat(race.first().step()).isPresent());
    }

    @Test
    void theSameRaceIsFoundTheSameWayOnEachCarrier() {
        assertThat(Explorations.carriers().stream()
                        .map(carrier -> failure(Explorer.explore(options(carrier), () -> {
                            Counter counter = new Counter();
                            both(() -> counter.plain++);
                            if (counter.plain != 2) {
                                throw new AssertionError("lost");
                            }
                        })))
                        .map(Failure::replayToken)
                        .distinct())
                .hasSize(1);
    }
}
