package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.concurrentharness.explore.programs.Programs;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The strategies in campaigns: what AUTO finds and how soon, and that none of them is kept by threads that spin. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SamplingTests {
    private static final int SEEDS = 20;

    static Stream<Programs.Twin> twins() {
        return Programs.ALL.stream();
    }

    static Stream<Arguments> searches() {
        return Stream.of(Search.AUTO, Search.RANDOM, Search.PCT, Search.POS, Search.SURW)
                .flatMap(search -> Explorations.carriers().stream().map(carrier -> Arguments.of(search, carrier)));
    }

    /** The carrier that takes the least time here. */
    private static CarrierKind fastest() {
        List<CarrierKind> carriers = Explorations.carriers();
        return carriers.get(carriers.size() - 1);
    }

    // ---- what AUTO finds --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("twins")
    void autoFindsEveryBugForEverySeed(Programs.Twin twin) {
        for (CarrierKind carrier : Explorations.carriers()) {
            // the schedules are the same on each carrier, so that a few are enough to see that it can carry them
            int seeds = carrier == CarrierKind.FIBERS || Explorations.THOROUGH ? SEEDS : 2;
            for (int seed = 1; seed <= seeds; seed++) {
                Exploration result = Explorer.explore(
                        Explorations.options(carrier)
                                .strategy(Search.AUTO)
                                .executions(1_000)
                                .leakedThreads(LeakedThreads.IGNORE)
                                .seed(seed),
                        twin.broken());
                assertThat(result.failure().map(Failure::kind))
                        .as("seed %s on %s after %s executions", seed, carrier, result.executions())
                        .contains(twin.deadlock() ? Failure.Kind.DEADLOCK : Failure.Kind.EXCEPTION);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void autoFindsNothingInTheMendedProgram(Programs.Twin twin) {
        Exploration result = Explorer.explore(
                Explorations.options(fastest())
                        .strategy(Search.AUTO)
                        .dataRaces(DataRaces.FAIL)
                        .executions(Explorations.THOROUGH ? 10_000 : 300),
                twin.mended());
        assertThat(result.failure().map(Failure::report)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 15", "5, 25", "10, 50", "20, 100"})
    void autoIsAsFastAsPromisedOnReorderWithPlainFieldsTolerated(int setters, int bound) {
        assumeThatItDoesNotTakeMinutes(setters);
        assertThat(median(() -> new bench.Reorder(setters).run(), options -> options.dataRaces(DataRaces.REPORT)))
                .isLessThan(bound);
    }

    @ParameterizedTest
    @CsvSource({"3, 15", "5, 25", "10, 50", "20, 100"})
    void autoIsAsFastAsPromisedOnReorderWithVolatileFields(int setters, int bound) {
        assumeThatItDoesNotTakeMinutes(setters);
        assertThat(median(() -> new bench.ReorderVolatile(setters).run(), UnaryOperator.identity()))
                .isLessThan(bound);
    }

    @ParameterizedTest
    @CsvSource({"ExecutorLatch, 16", "BoundedBuffer, 13", "DoubleChecked, 3"})
    void autoIsAsFastAsPromisedOnTheOthers(String program, int bound) {
        ExplorationBody body = switch (program) {
            case "ExecutorLatch" -> () -> new bench.ExecutorLatch().run();
            case "BoundedBuffer" -> () -> new bench.BoundedBuffer().run();
            default -> () -> new bench.DoubleChecked().run();
        };
        assertThat(median(body, options -> options.dataRaces(DataRaces.FAIL))).isLessThan(bound);
    }

    /** The schedules are the same on each carrier, so that those of many platform threads need not be run each time. */
    private static void assumeThatItDoesNotTakeMinutes(int setters) {
        assumeTrue(fastest() == CarrierKind.FIBERS || setters <= 5 || Explorations.THOROUGH);
    }

    /** Returns the median of executions to the bug; it must be found for each seed. */
    private static double median(ExplorationBody body, UnaryOperator<Options> change) {
        int[] executions = new int[SEEDS];
        for (int i = 0; i < SEEDS; i++) {
            Exploration result = Explorer.explore(
                    change.apply(Explorations.options(fastest())
                            .strategy(Search.AUTO)
                            .leakedThreads(LeakedThreads.IGNORE)
                            .executions(1_000)
                            .seed(i + 1L)),
                    body);
            assertThat(result.failure()).as("seed %s", i + 1).isPresent();
            executions[i] = result.executions();
        }
        Arrays.sort(executions);
        return (executions[SEEDS / 2 - 1] + executions[SEEDS / 2]) / 2.0;
    }

    // ---- spinning ---------------------------------------------------------------------------------------------------

    /** A flag that somebody sets. */
    static final class Flag {
        volatile boolean set;
        volatile int work;
    }

    @ParameterizedTest
    @MethodSource("searches")
    void isNotKeptByThreadsThatSpin(Search search, CarrierKind carrier) {
        survives(search, carrier, () -> {
            Flag flag = new Flag();
            Tasks.together(
                    () -> {
                        while (!flag.set) {
                            Thread.onSpinWait();
                        }
                    },
                    () -> {
                        while (!flag.set) {
                            Thread.yield();
                        }
                    },
                    () -> set(flag, 30));
        });
    }

    @ParameterizedTest
    @MethodSource("searches")
    void isNotKeptByThreadsThatSpinWithoutSayingSo(Search search, CarrierKind carrier) {
        survives(search, carrier, () -> {
            Flag flag = new Flag();
            Tasks.Task spins = () -> {
                while (!flag.set) {
                    // spins
                }
            };
            Tasks.together(spins, spins, () -> set(flag, 30));
        });
    }

    private static void set(Flag flag, int work) {
        for (int i = 0; i < work; i++) {
            flag.work = i;
        }
        flag.set = true;
    }

    @ParameterizedTest
    @MethodSource("searches")
    void isNotKeptByTwoPutsIntoAMap(Search search, CarrierKind carrier) {
        survives(
                search,
                carrier,
                () -> {
                    ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
                    Tasks.together(() -> map.put("a", 1), () -> map.put("a", 2));
                    Tasks.check(map.size() == 1, "one key");
                },
                options -> options.inside("java.util.concurrent"));
    }

    private static void survives(Search search, CarrierKind carrier, ExplorationBody body) {
        survives(search, carrier, body, UnaryOperator.identity());
    }

    private static void survives(
            Search search, CarrierKind carrier, ExplorationBody body, UnaryOperator<Options> change) {
        Exploration result = Explorer.explore(
                change.apply(Explorations.options(carrier).strategy(search).executions(100)), body);
        assertThat(result.failure().map(Failure::report)).isEmpty();
        assertThat(result.verdict()).isIn(Verdict.SURVIVED, Verdict.PROVED);
    }

    // ---- bounds on preemptions --------------------------------------------------------------------------------------

    private static final SmallPrograms.SmallProgram LETTERS = new SmallPrograms.SmallProgram("letters", () -> {
        StringBuffer letters = new StringBuffer();
        Tasks.together(() -> letters.append('a'), () -> letters.append('b'), () -> letters.append('c'));
        return letters.toString();
    });

    private static final Set<String> BOUNDED = Set.of(
            "two writes each",
            "store buffering",
            "lost update",
            "who wins a compare-and-set",
            "monitor with a field inside",
            "a thread starts another",
            "permit",
            "linked queue");

    static Stream<Arguments> bounded() {
        List<SmallPrograms.SmallProgram> programs = Stream.concat(
                        Stream.of(LETTERS), SmallPrograms.ALL.stream().filter(each -> BOUNDED.contains(each.name())))
                .toList();
        return programs.stream().flatMap(program -> Stream.of(0, 1, 2).map(bound -> Arguments.of(program, bound)));
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void everyStrategyReachesUnderABoundWhatThereIs(SmallPrograms.SmallProgram program, int bound) {
        Options options = Explorations.options(fastest()).preemptions(bound).executions(500);
        Exploration all = Explorer.explore(options.strategy(Search.EXHAUSTIVE).executions(20_000), program.body());
        assertThat(all.verdict()).isEqualTo(Verdict.PROVED);
        for (Search search : List.of(Search.AUTO, Search.RANDOM, Search.PCT, Search.POS, Search.SURW)) {
            assertThat(Explorer.explore(options.strategy(search), program.body())
                            .outcomes())
                    .as("%s", search)
                    .containsOnlyKeys(all.outcomes().keySet());
        }
    }

    // ---- determinism ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(value = Search.class, mode = EnumSource.Mode.EXCLUDE, names = "EXHAUSTIVE")
    void sameSeedSameTracesOnEveryCarrierAndTheTokenRepeatsTheSchedule(Search search) {
        ExplorationBody body = () -> new bench.ReorderVolatile(4).run();
        List<String> all = new ArrayList<>();
        for (CarrierKind carrier : Explorations.carriers()) {
            for (int i = 0; i < 2; i++) {
                Exploration result = Explorer.explore(
                        Explorations.options(carrier)
                                .strategy(search)
                                .executions(1_000)
                                .seed(3),
                        body);
                String token = result.failure().orElseThrow().replayToken();
                all.add(result.executions() + " " + result.traceHash() + " " + token);
                assertThat(Explorer.replay(token, Explorations.options(carrier), body)
                                .failure()
                                .orElseThrow()
                                .replayToken())
                        .isEqualTo(token);
            }
        }
        assertThat(all).containsOnly(all.get(0));
    }
}
