package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same seed does the same, and a replay token repeats its schedule, wherever and however often. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeterminismTests {
    private static final int EXECUTIONS = 200;

    static Stream<BenchProgramTests.BenchProgram> programs() {
        return Stream.concat(BenchProgramTests.BUGGY.stream(), BenchProgramTests.CORRECT.stream());
    }

    /** Explores a program and returns everything that must be the same again, as text. */
    static String explore(BenchProgramTests.BenchProgram program, CarrierKind carrier) {
        Exploration result = Explorer.explore(
                Explorations.options(carrier).executions(EXECUTIONS).seed(7), program.body());
        return program.name() + " " + result.verdict() + " " + result.executions() + " " + result.distinct() + " "
                + Long.toHexString(result.traceHash()) + " "
                + result.failure().map(Failure::replayToken).orElse("-");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void sameSeedSameTraceTwiceInOneJvmAndOnEveryCarrier(BenchProgramTests.BenchProgram program) {
        List<String> all = new ArrayList<>();
        for (CarrierKind carrier : Explorations.carriers()) {
            all.add(explore(program, carrier));
            all.add(explore(program, carrier));
        }
        assertThat(all).containsOnly(all.get(0));
    }

    @Test
    void sameSeedSameTraceInOtherJvms() throws Exception {
        List<String> here = programs()
                .map(program -> explore(program, Explorations.carriers().get(0)))
                .toList();
        assertThat(OtherJvm.run(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), "explore"))
                .isEqualTo(here);
    }

    @OnEachCarrier
    void randomNumbersAreTheSameInEachExecution(CarrierKind carrier) {
        Exploration result = Explorer.explore(Explorations.options(carrier), () -> {
            List<Object> drawn = new ArrayList<>();
            drawn.add(RandomGenerator.getDefault().nextLong());
            for (String name : List.of("L64X128MixRandom", "L128X1024MixRandom", "Xoshiro256PlusPlus", "Random")) {
                drawn.add(RandomGenerator.of(name).nextLong());
            }
            drawn.add(new SecureRandom().nextLong());
            drawn.add(SecureRandom.getInstance("DRBG").nextInt());
            drawn.add(UUID.randomUUID());
            return drawn;
        });
        assertThat(result.outcomes()).hasSize(1);
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
    }

    @OnEachCarrier
    void randomNumbersOfAnExecutionDiffer(CarrierKind carrier) {
        Exploration result = Explorer.explore(Explorations.options(carrier), () -> {
            SecureRandom random = new SecureRandom();
            return random.ints(100).distinct().count() + " "
                    + RandomGenerator.getDefault().ints(100).distinct().count() + " "
                    + Arrays.equals(random.generateSeed(8), new byte[8]);
        });
        assertThat(result.outcomes()).containsOnlyKeys("100 100 false");
    }

    @Test
    void aSeedThatTheProgramGivesIsKept() {
        long expected = new java.util.Random(3).nextLong();
        assertThat(Explorer.explore(() -> new java.util.Random(3).nextLong()).outcomes())
                .containsOnlyKeys(Long.toString(expected));
    }

    /** Returns in which orders a set of objects without hash codes of their own was iterated over, and how often. */
    static String identityOrders(CarrierKind carrier) {
        return Explorer.explore(Explorations.options(carrier), () -> {
                    Object[] objects = new Object[8];
                    Set<Object> set = new HashSet<>();
                    for (int i = 0; i < objects.length; i++) {
                        objects[i] = new Object();
                        set.add(objects[i]);
                    }
                    StringBuilder order = new StringBuilder();
                    for (Object object : set) {
                        order.append(Arrays.asList(objects).indexOf(object));
                    }
                    return order.toString();
                })
                .outcomes()
                .toString();
    }

    @Test
    void identityHashCodesAreTheSameInTheFirstExecutionsOfAJvm() throws Exception {
        for (CarrierKind carrier : Explorations.carriers()) {
            assertThat(OtherJvm.run(List.of(), "hashes", carrier.name()))
                    .allMatch(line -> line.matches("\\{[0-7]{8}=100}"));
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void replayTokenRepeatsItsScheduleOnEveryCarrier(BenchProgramTests.BenchProgram program) {
        if (program.bug() == null) {
            return;
        }
        // four ways on a JVM with fibers; a campaign with a deadlock waits 200 ms for help from outside
        int times = Explorations.THOROUGH ? 100 : program.bug() == Failure.Kind.DEADLOCK ? 3 : 25;
        for (CarrierKind from : Explorations.carriers()) {
            Failure failure = Explorer.explore(
                            Explorations.options(from).executions(1_000).seed(11), program.body())
                    .failure()
                    .orElseThrow();
            for (CarrierKind on : Explorations.carriers()) {
                for (int i = 0; i < times; i++) {
                    Failure again = Explorer.replay(failure.replayToken(), Explorations.options(on), program.body())
                            .failure()
                            .orElseThrow();
                    assertThat(again.kind()).isEqualTo(failure.kind());
                    assertThat(again.replayToken()).isEqualTo(failure.replayToken());
                    assertThat(again.trace()).isEqualTo(failure.trace());
                }
            }
        }
    }

    @Test
    void replayTokensRepeatInOtherJvms() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>(List.of("replay"));
        for (BenchProgramTests.BenchProgram program : BenchProgramTests.BUGGY) {
            String token = Explorer.explore(
                            Explorations.options(Explorations.carriers().get(0))
                                    .executions(1_000)
                                    .seed(5),
                            program.body())
                    .failure()
                    .orElseThrow()
                    .replayToken();
            arguments.add(program.name());
            arguments.add(token);
            expected.put(program.name(), program.bug().toString());
        }
        List<String> lines = OtherJvm.run(List.of(), arguments.toArray(String[]::new));
        assertThat(lines)
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList());
    }
}
