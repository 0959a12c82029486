package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.stress.Expect;
import org.concurrentharness.stress.Outcomes;
import org.concurrentharness.stress.Stress;
import org.concurrentharness.stress.StressFailure;
import org.concurrentharness.stress.StressResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

class StressTestTests {
    static class LostUpdate {
        private volatile int count;

        @Actor(threads = 2)
        int increment() {
            int next = count + 1;
            Stress.mayYield();
            count = next;
            return next;
        }

        @StressTest(duration = "60s", stopAtFailure = true, seed = 5)
        @Outcome(
                id = {"1, 2, 2", "2, 1, 2"},
                description = "one after the other")
        @Outcome(id = "1, 1, 1", expect = Expect.FORBIDDEN, description = "an update is lost")
        void counts(Outcomes outcomes) {
            outcomes.add(count);
        }
    }

    @Test
    void failsWithTheReport() {
        TestRun run = TestRun.of(LostUpdate.class);

        assertThat(run.failure()).isInstanceOfSatisfying(StressFailure.class, failure -> {
            assertThat(failure.result().seen().get(0)).returns("1, 1, 1", StressResult.Seen::outcome);
            assertThat(failure)
                    .hasMessageContaining("an update is lost")
                    .hasMessageContaining("2 threads (increment, increment-1), seed 5");
        });
        assertThat(run.published())
                .containsEntry("harness.seed", "5")
                .hasEntrySatisfying(
                        "harness.stress.failures",
                        failures -> assertThat(Long.parseLong(failures)).isPositive())
                .hasEntrySatisfying(
                        "harness.stress.probability", text -> assertThat(text).endsWith(" %"));
    }

    static class Around {
        static final AtomicInteger OF_CLASS = new AtomicInteger();
        static final List<String> FAULTS = new CopyOnWriteArrayList<>();
        static final AtomicInteger ENDED = new AtomicInteger();

        private final AtomicInteger state = new AtomicInteger();

        @BeforeAll
        static void first() {
            OF_CLASS.incrementAndGet();
        }

        @BeforeEach
        void begin(TestInfo info) {
            check(0, state.getAndIncrement());
            check("checks", info.getTestMethod().orElseThrow().getName());
        }

        @Actor(threads = 2)
        void acts(@ThreadIndex int index) {
            check(index == 0 ? "acts" : "acts-1", Thread.currentThread().getName());
            state.incrementAndGet();
        }

        @StressTest(rounds = 100)
        void checks() {
            check(3, state.getAndIncrement());
        }

        @AfterEach
        void end() {
            check(4, state.get());
            ENDED.incrementAndGet();
        }

        private static void check(Object expected, Object actual) {
            if (!expected.equals(actual)) {
                FAULTS.add(expected + " was " + actual);
            }
        }
    }

    @Test
    void givesEachRoundAFreshInstance() {
        Around.OF_CLASS.set(0);
        Around.ENDED.set(0);

        TestRun run = TestRun.of(Around.class).assertSucceeded(1);

        assertThat(run.published())
                .containsEntry("harness.stress.rounds", "100")
                .containsEntry("harness.stress.failures", "0");
        assertThat(Around.FAULTS).isEmpty();
        assertThat(Around.OF_CLASS).hasValue(1);
        assertThat(Around.ENDED).hasValue(100);
        assertThat(TestRun.of(Around.class, "harness.stress.rounds", "7").published())
                .containsEntry("harness.stress.rounds", "7");
        assertThat(TestRun.of(Around.class, "harness.stress.duration", "1ms").published())
                .hasEntrySatisfying(
                        "harness.stress.rounds",
                        rounds -> assertThat(Long.parseLong(rounds)).isBetween(1L, 100L));
    }

    static class Together {
        private final AtomicInteger arrived = new AtomicInteger();

        @StressTest(threads = 3, rounds = 50)
        @Outcome(id = ".*0.*", expect = Expect.INTERESTING)
        @Outcome(id = "none", expect = Expect.ACCEPTABLE)
        void run(@ThreadIndex int index, Outcomes outcomes) {
            outcomes.add(index);
            arrived.incrementAndGet();
        }
    }

    @Test
    void runsTheMethodInAllThreadsWhenThereAreNoActors() {
        TestRun run = TestRun.of(Together.class).assertSucceeded(1);

        assertThat(run.published()).containsEntry("harness.stress.interesting", "0, 1, 2: 50");
    }

    static class Slow {
        @StressTest(duration = "1ms")
        void test() {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < 1_000_000) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void doubtsAPassOfFewRounds() {
        assertThat(TestRun.of(Slow.class).assertSucceeded(1).published())
                .hasEntrySatisfying(
                        "harness.stress.doubt",
                        doubt -> assertThat(doubt)
                                .matches(
                                        "Only \\d+ rounds in [\\d.]+ s, so that this pass means little: a round may still fail with"
                                                + " a probability of 0 % to \\d+ %; a longer duration or shorter rounds tell more\\."));
        assertThat(TestRun.of(Slow.class, "harness.stress.rounds", "3").published())
                .containsEntry("harness.stress.rounds", "3")
                .doesNotContainKey("harness.stress.doubt");
    }

    static class Assumes {
        @StressTest(rounds = 10)
        @Outcome(id = "never")
        void test() {
            Assumptions.assumeTrue(false);
        }
    }

    @Test
    void isAbortedWhenAnAssumptionFailsInEveryRound() {
        assertThat(TestRun.of(Assumes.class).results().testEvents().aborted().count())
                .isEqualTo(1);
    }

    static class AssumesInAnActor {
        @Actor
        void act() {
            Assumptions.assumeTrue(false);
        }

        @StressTest(rounds = 10)
        void isNotToBeChecked() {
            throw new AssertionError("an arbiter where there is nothing to judge");
        }
    }

    @Test
    void theArbiterJudgesNoRoundInWhichAnAssumptionFailed() {
        TestRun run = TestRun.of(AssumesInAnActor.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.results().testEvents().aborted().count()).isEqualTo(1);
    }

    static class AssumesFirst {
        @BeforeEach
        void assume() {
            Assumptions.assumeTrue(false, "not here");
        }

        @StressTest(rounds = 10)
        void test() {}
    }

    @Test
    void isAbortedWhenAnAssumptionFailsBefore() {
        TestRun run = TestRun.of(AssumesFirst.class);

        assertThat(run.results().testEvents().aborted().count()).isEqualTo(1);
        assertThat(run.failures()).isEmpty();
    }

    static class CannotBegin {
        @BeforeEach
        void fail() {
            throw new IllegalStateException("no port");
        }

        @StressTest(rounds = 10)
        void test() {}
    }

    @Test
    void failsAsTheSetUpDoes() {
        assertThat(TestRun.of(CannotBegin.class).failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no port")
                .isNotInstanceOf(TestAbortedException.class);
    }

    static class Hangs {
        private final CountDownLatch latch = new CountDownLatch(1);

        @Actor
        void waits() throws InterruptedException {
            latch.await();
        }

        @StressTest(timeout = "300ms")
        void test() {}
    }

    @Test
    void tellsOfAHang() {
        assertThat(TestRun.of(Hangs.class).failure())
                .hasMessageStartingWith("Round 1 hangs: it did not end within 0.3 s.")
                .hasMessageContaining("Thread waits, in round 1, WAITING on ")
                .hasMessageContaining("The threads of the round were interrupted and have ended.");
    }

    static class Value implements Fixture<String> {
        @Override
        public String create() {
            return "value";
        }
    }

    static class WithFixture {
        @StressTest(rounds = 10)
        @Outcome(id = "value, value")
        void test(@SharedFixture(Value.class) String value, Outcomes outcomes) {
            outcomes.add(value);
        }
    }

    @Test
    void isGivenSharedFixtures() {
        TestRun.of(WithFixture.class).assertSucceeded(1);
    }

    @ParameterizedTest
    @MethodSource
    void refuses(Class<?> type, String message) {
        assertThat(TestRun.of(type).failure()).hasMessage(message.replace("{}", type.getName()));
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                Arguments.of(NoThreads.class, "@StressTest on {}#test: threads must be at least 1, but was 0."),
                Arguments.of(
                        BadDuration.class,
                        "@StressTest on {}#test: maxSkew is \"later\"; it must be a positive duration such as \"500ms\","
                                + " \"10s\" or \"2m\"."),
                Arguments.of(
                        NoDuration.class,
                        "@StressTest on {}#test: duration is \"0s\"; it must be a positive duration such as \"500ms\","
                                + " \"10s\" or \"2m\"."),
                Arguments.of(
                        BadOutcome.class,
                        "@StressTest on {}#test: The outcome \"(\" is no regular expression: Unclosed group."),
                Arguments.of(
                        FixtureField.class,
                        "@SharedFixture field {}.value would not be set in the instances that are made of {}; make it a"
                                + " parameter of the @StressTest method."),
                Arguments.of(
                        AlsoATest.class,
                        "@StressTest method {}#test is annotated with @Test as well; remove one of the two."));
    }

    static class NoThreads {
        @StressTest(threads = 0)
        void test() {}
    }

    static class BadDuration {
        @StressTest(maxSkew = "later")
        void test() {}
    }

    static class NoDuration {
        @StressTest(duration = "0s")
        void test() {}
    }

    @Test
    void namesThePropertyThatWasSet() {
        assertThat(TestRun.of(Around.class, "harness.stress.duration", "soon").failure())
                .hasMessageStartingWith("@StressTest on " + Around.class.getName()
                        + "#checks: harness.stress.duration is \"soon\"; it must be ");
    }

    static class BadOutcome {
        @StressTest
        @Outcome(id = "(")
        void test() {}
    }

    static class FixtureField {
        @SharedFixture(Value.class)
        private String value;

        @StressTest
        void test() {}
    }

    static class AlsoATest {
        @Test
        @StressTest
        void test() {}
    }
}
