package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.junit5.LifecycleTests.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentTestTests {
    @Test
    void failsWithTheReport() {
        TestRun run = TestRun.of(LostUpdate.class, "harness.executions", "1000");

        assertThat(run.failure()).isInstanceOfSatisfying(ConcurrencyFailure.class, failure -> {
            assertThat(failure.exploration().verdict()).isEqualTo(Verdict.FAILED);
            assertThat(failure).hasMessageContaining(LostUpdate.class.getName() + "#isTwo");
            assertThat(run.published())
                    .containsEntry("harness.verdict", "FAILED")
                    .containsEntry(
                            "harness.replay",
                            failure.exploration().failure().orElseThrow().replayToken());
        });
        assertThat(run.failure().getCause()).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "threads"})
    void replaysATokenOnEitherCarrier(String carrier) {
        String token = TestRun.of(LostUpdate.class, "harness.executions", "1000")
                .published()
                .get("harness.replay");

        TestRun replay = TestRun.of(LostUpdate.class, "harness.replay", token, "harness.carrier", carrier);

        assertThat(replay.failure()).isInstanceOf(ConcurrencyFailure.class);
        assertThat(replay.published()).containsEntry("harness.executions", "1");
    }

    static class LostUpdate {
        final AtomicInteger counter = new AtomicInteger();

        @Actor(threads = 2)
        void increment() {
            counter.set(counter.get() + 1);
        }

        @ConcurrentTest
        void isTwo() {
            assertThat(counter.get()).isEqualTo(2);
        }
    }

    @Test
    void publishesWhatItDid() {
        assertThat(TestRun.of(Passes.class).assertSucceeded(1).published())
                .containsEntry("harness.verdict", "SURVIVED")
                .containsEntry("harness.executions", "10")
                .containsKeys("harness.distinct", "harness.coverage", "harness.seed", "harness.millis")
                .doesNotContainKey("harness.replay");
    }

    static class Passes {
        @ConcurrentTest
        void test() {}
    }

    @Test
    void takesOptionsFromTheAnnotation() {
        assertThat(TestRun.of(WithOptions.class, "harness.executions", "")
                        .assertSucceeded(1)
                        .published())
                .containsEntry("harness.executions", "7")
                .containsEntry("harness.seed", "12");
    }

    @Test
    void letsParametersOfTheRunWin() {
        assertThat(TestRun.of(WithOptions.class, "harness.executions", "3", "harness.seed", "0xA")
                        .assertSucceeded(1)
                        .published())
                .containsEntry("harness.executions", "3")
                .containsEntry("harness.seed", "10");
    }

    static class WithOptions {
        @ConcurrentTest(executions = 7, seed = 12, strategy = Search.RANDOM)
        void test() {}
    }

    @Test
    void runsTheMethodInSeveralThreads() {
        assertThat(TestRun.of(Together.class).assertSucceeded(1).journalFrom("begin"))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(execution -> assertThat(execution)
                        .containsExactlyInAnyOrder("begin", "0 test", "1 test-1", "2 test-2", "3 in the end"));
    }

    static class Together {
        final AtomicInteger calls = new AtomicInteger();

        Together() {
            journal(this, "begin");
        }

        @ConcurrentTest(threads = 3)
        void test(@ThreadIndex int index) {
            calls.incrementAndGet();
            journal(this, index + " " + Thread.currentThread().getName());
        }

        @org.junit.jupiter.api.AfterEach
        void afterEach() {
            journal(this, calls + " in the end");
        }
    }

    @Test
    void runsActorsTogetherAndTheTestAfterThem() {
        TestRun run = TestRun.of(Bank.class, "harness.executions", "200").assertSucceeded(1);

        assertThat(run.journal())
                .contains("[deposit 0 deposit, deposit 1 deposit-1, withdraw 0 withdraw]")
                .contains("[withdraw 0 withdraw, deposit 1 deposit-1, deposit 0 deposit]");
    }

    static class Bank {
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());

        @Actor(threads = 2)
        void deposit(@ThreadIndex int index) {
            calls.add("deposit " + index + " " + Thread.currentThread().getName());
        }

        @Actor
        void withdraw(@ThreadIndex int index) {
            calls.add("withdraw " + index + " " + Thread.currentThread().getName());
        }

        @ConcurrentTest
        void test() {
            assertThat(calls).hasSize(3);
            journal(this, calls.toString());
        }
    }

    @Test
    void skipsTheTestWhenAnActorFails() {
        TestRun run = TestRun.of(FailingActor.class);

        assertThat(run.failure().getCause()).hasMessage("in the actor");
        assertThat(run.journal()).doesNotContain("test");
    }

    static class FailingActor {
        @Actor
        void act() {
            throw new IllegalStateException("in the actor");
        }

        @ConcurrentTest
        void test() {
            journal(this, "test");
        }
    }

    @Test
    void passesWhatJUnitResolves() {
        TestRun.of(Resolved.class).assertSucceeded(1);
    }

    static class Resolved {
        private Path before = Path.of("");

        @org.junit.jupiter.api.BeforeEach
        void beforeEach(@TempDir Path directory) {
            before = directory;
        }

        @ConcurrentTest
        void test(@TempDir Path directory, TestReporter reporter) {
            assertThat(directory).isDirectory();
            assertThat(before).isDirectory();
            assertThat(reporter).isNotNull();
        }
    }

    @Test
    void refusesObjectsFromOutside() {
        assertThat(TestRun.of(FromOutside.class).failure())
                .hasMessage("Parameter 1 (Account) of " + FromOutside.class.getName() + "#test is a "
                        + Account.class.getName() + " made outside the campaign; make it inside the test.");
    }

    static class Account {}

    static class AccountResolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return true;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return new Account();
        }
    }

    static class FromOutside {
        @ConcurrentTest
        @ExtendWith(AccountResolver.class)
        void test(Account account) {}
    }

    @Test
    void abortsWhenAnAssumptionAlwaysFails() {
        TestRun run = TestRun.of(Assumes.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.results().testEvents().aborted().count()).isEqualTo(2);
        assertThat(run.results().testEvents().succeeded().count()).isEqualTo(1);
    }

    static class Assumes {
        static int calls;

        @ConcurrentTest
        void never() {
            Assumptions.assumeTrue(false, "never");
        }

        @ConcurrentTest(threads = 2)
        void neverInOneOfItsThreads(@ThreadIndex int index) {
            Assumptions.assumeTrue(index != 1, "never");
        }

        @ConcurrentTest
        void sometimes() {
            Assumptions.assumeTrue(++calls % 2 == 0, "now and then");
        }
    }

    @Test
    void anAssumptionOfAThreadThatTheTestStartsFailsTheTest() {
        assertThat(TestRun.of(AssumesInAThread.class).failure())
                .hasMessageContaining("org.opentest4j.TestAbortedException: Assumption failed: never");
    }

    static class AssumesInAThread {
        @ConcurrentTest
        void test() throws InterruptedException {
            Thread thread = new Thread(() -> Assumptions.assumeTrue(false, "never"));
            thread.start();
            thread.join();
        }
    }

    @Test
    void takesTurnsWhenTestsRunInParallel() {
        TestRun.of(
                        Parallel.class,
                        "junit.jupiter.execution.parallel.enabled",
                        "true",
                        "junit.jupiter.execution.parallel.mode.default",
                        "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy",
                        "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        "4")
                .assertSucceeded(4);
    }

    static class Parallel {
        final AtomicInteger calls = new AtomicInteger();

        @ConcurrentTest(threads = 2)
        void first() {
            calls.incrementAndGet();
        }

        @ConcurrentTest(threads = 2)
        void second() {
            calls.incrementAndGet();
        }

        @Test
        void third() {
            calls.incrementAndGet();
        }

        @ConcurrentTest
        void fourth() {
            calls.incrementAndGet();
        }
    }

    @Test
    void worksOnMethodsAnnotatedIndirectly() {
        assertThat(TestRun.of(Composed.class, "harness.executions", "")
                        .assertSucceeded(1)
                        .published())
                .containsEntry("harness.executions", "4");
    }

    @ConcurrentTest(executions = 4)
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface Quick {}

    static class Composed {
        @Quick
        void test() {}
    }
}
