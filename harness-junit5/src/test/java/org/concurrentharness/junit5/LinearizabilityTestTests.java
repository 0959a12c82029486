package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.junit5.shared.Journal;
import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.linearizability.Range;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinearizabilityTestTests {
    @Test
    void failsWithTheReport() {
        TestRun run = TestRun.of(LostUpdate.class, "harness.executions", "5000");

        assertThat(run.failure()).isInstanceOfSatisfying(ConcurrencyFailure.class, failure -> {
            Failure found = failure.exploration().failure().orElseThrow();
            assertThat(found.kind()).isEqualTo(Failure.Kind.NOT_LINEARIZABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "Not linearizable: " + LostUpdate.class.getName() + "#isLinearizable, after ")
                    .hasMessageContaining("@LinearizabilityTest(replay = \"" + found.replayToken() + "\")");
            assertThat(run.published())
                    .containsEntry("harness.verdict", "FAILED")
                    .containsEntry("harness.replay", found.replayToken());
        });
    }

    @Test
    void replaysAToken() {
        String token = TestRun.of(LostUpdate.class, "harness.executions", "5000")
                .published()
                .get("harness.replay");

        TestRun replay = TestRun.of(LostUpdate.class, "harness.replay", token, "harness.carrier", "threads");

        assertThat(replay.failure()).isInstanceOf(ConcurrencyFailure.class);
        assertThat(replay.published()).containsEntry("harness.executions", "1").containsEntry("harness.replay", token);
    }

    static class LostUpdate {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add(@Range(from = 1, to = 2) int x) {
            int sum = count.get() + x;
            count.set(sum);
            return sum;
        }

        @LinearizabilityTest
        void isLinearizable() {}
    }

    @Test
    void runsTheInvariantBetweenSetUpAndTearDown() {
        TestRun run = TestRun.of(Around.class, "harness.executions", "20").assertSucceeded(1);

        assertThat(run.published())
                .containsEntry("harness.verdict", "SURVIVED")
                .containsEntry("harness.executions", "20");
        assertThat(run.journalFrom("set up of superclass"))
                .hasSizeGreaterThan(20)
                .allSatisfy(execution -> assertThat(execution)
                        .startsWith("set up of superclass", "set up")
                        .endsWith("tear down")
                        .contains("add"));
        assertThat(run.journal()).contains("invariant holds: true").doesNotContain("invariant holds: false");
    }

    abstract static class WithSetUp {
        @BeforeEach
        void setUpFirst() {
            Journal.add("set up of superclass");
        }
    }

    static class Around extends WithSetUp {
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();

        @BeforeEach
        void setUp() {
            Journal.add("set up");
            count.set(10);
        }

        @Operation
        int add() {
            Journal.add("add");
            calls.incrementAndGet();
            return count.incrementAndGet();
        }

        @LinearizabilityTest(threads = 3, operations = 2, scenarios = 4)
        void countsCalls() {
            Journal.add("invariant holds: " + (count.get() == 10 + calls.get()));
        }

        @AfterEach
        void tearDown() {
            Journal.add("tear down");
        }
    }

    @Test
    void anInvariantThatDoesNotHoldFails() {
        assertThat(TestRun.of(BadInvariant.class).failure())
                .hasMessageStartingWith("Exception in " + BadInvariant.class.getName() + "#isZero")
                .hasMessageContaining("add(): 1");
    }

    static class BadInvariant {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add() {
            return count.incrementAndGet();
        }

        @LinearizabilityTest
        void isZero() {
            assertThat(count).hasValue(0);
        }
    }

    @Test
    void anotherClassSpecifies() {
        assertThat(TestRun.of(Specified.class).failure())
                .hasMessageContaining("From the beginning, add() returns 2, not 1.");
    }

    static class Specified {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add() {
            return count.incrementAndGet();
        }

        @LinearizabilityTest(specification = CountsByTwo.class)
        void isLinearizable() {}
    }

    static class CountsByTwo {
        private int count;

        int add() {
            count += 2;
            return count;
        }
    }

    @Test
    void runsInNestedClasses() {
        TestRun.of(Outer.class).assertSucceeded(1);
    }

    static class Outer {
        private final AtomicInteger count = new AtomicInteger();

        @Nested
        class Inner {
            @Operation
            int add() {
                return count.incrementAndGet();
            }

            @LinearizabilityTest(scenarios = 5)
            void isLinearizable() {}
        }
    }

    @Test
    void whatWouldNotRunIsRefused() {
        assertThat(TestRun.of(OnceForAll.class).failures())
                .extracting(Throwable::getMessage)
                .containsExactly("@LinearizabilityTest method " + OnceForAll.class.getName()
                        + "#isLinearizable: the class has a @BeforeAll method, which would not run in the campaign's copy of the"
                        + " class; use @BeforeEach or @AfterEach.");
        assertThat(TestRun.of(NoOperations.class).failures())
                .extracting(Throwable::getMessage)
                .containsExactly(NoOperations.class.getName()
                        + " has no operations; annotate with @Operation the methods that threads shall call together.");
        assertThat(TestRun.of(ZeroThreads.class).failures())
                .extracting(Throwable::getMessage)
                .containsExactly("@LinearizabilityTest on " + ZeroThreads.class.getName()
                        + "#isLinearizable: threads must be at least 1, but was 0.");
        assertThat(TestRun.of(AroundNested.class).failures())
                .extracting(Throwable::getMessage)
                .containsExactly("@LinearizabilityTest method " + AroundNested.Inner.class.getName()
                        + "#isLinearizable: the enclosing class " + AroundNested.class.getName()
                        + " has a @BeforeEach method, which would not run; move it into the class of the operations.");
    }

    static class OnceForAll {
        @BeforeAll
        static void once() {}

        @Operation
        void add() {}

        @LinearizabilityTest
        void isLinearizable() {}
    }

    static class NoOperations {
        @LinearizabilityTest
        void isLinearizable() {}
    }

    static class ZeroThreads {
        @Operation
        void add() {}

        @LinearizabilityTest(threads = 0)
        void isLinearizable() {}
    }

    static class AroundNested {
        @BeforeEach
        void setUp() {}

        @Nested
        class Inner {
            @Operation
            void add() {}

            @LinearizabilityTest
            void isLinearizable() {}
        }
    }
}
