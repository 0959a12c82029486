package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrentharness.explore.CampaignClassLoader;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.junit5.shared.Journal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTests {
    static void journal(Object from, String entry) {
        Journal.add(isInCampaign(from.getClass()) ? entry : "outside: " + entry);
    }

    static boolean isInCampaign(Class<?> type) {
        return type.getClassLoader() instanceof CampaignClassLoader;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "threads"})
    void givesEachExecutionAFreshInstanceAndRunsInOrder(String carrier) {
        TestRun run = TestRun.of(Order.class, "harness.carrier", carrier).assertSucceeded(1);

        assertThat(run.journalFrom("constructor"))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(execution -> assertThat(execution.stream().filter(entry -> !entry.endsWith("All")))
                        .containsExactly(
                                "constructor",
                                "before each in superclass",
                                "before each 0",
                                "actor 0 in actor",
                                "test 1 in order",
                                "after each",
                                "after each in superclass"));
    }

    @Test
    void makesJUnitsOwnInstanceButRunsNoneOfItsMethods() {
        assertThat(TestRun.of(Order.class).journal().stream().filter(entry -> entry.startsWith("outside")))
                .containsExactly("outside: before All", "outside: constructor", "outside: after All");
    }

    @Test
    void runsBeforeAllAndAfterAllOnceAroundTheCampaign() {
        List<String> inside = TestRun.of(Order.class).journal().stream()
                .filter(entry -> !entry.startsWith("outside"))
                .toList();

        assertThat(inside.get(0)).isEqualTo("before All");
        assertThat(inside.get(inside.size() - 1)).isEqualTo("after All");
        assertThat(inside).containsOnlyOnce("before All", "after All");
    }

    static class OrderBase {
        @BeforeEach
        void beforeEachInSuperclass() {
            journal(this, "before each in superclass");
        }

        @AfterEach
        void afterEachInSuperclass() {
            journal(this, "after each in superclass");
        }
    }

    static class Order extends OrderBase {
        int actors;

        Order() {
            journal(this, "constructor");
        }

        @BeforeAll
        static void beforeAll() {
            journal(new Object() {}, "before All");
        }

        @AfterAll
        static void afterAll() {
            journal(new Object() {}, "after All");
        }

        @BeforeEach
        void beforeEach() {
            journal(this, "before each " + actors);
        }

        @Actor
        void actor() {
            journal(this, "actor " + actors++ + " in " + Thread.currentThread().getName());
        }

        @ConcurrentTest
        void order() {
            journal(this, "test " + actors + " in order");
        }

        @AfterEach
        void afterEach() {
            journal(this, "after each");
        }
    }

    @Test
    void runsAfterEachWhenTheTestHasFailed() {
        TestRun run = TestRun.of(FailsTwice.class);

        assertThat(run.failure()).isInstanceOf(ConcurrencyFailure.class);
        assertThat(run.failure().getCause()).hasMessage("in the test");
        assertThat(run.failure().getCause().getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("after");
        assertThat(run.journal()).contains("after each");
    }

    static class FailsTwice {
        @ConcurrentTest
        void test() {
            throw new IllegalStateException("in the test");
        }

        @AfterEach
        void afterEach() {
            journal(this, "after each");
            throw new IllegalStateException("after");
        }
    }

    @Test
    void skipsTheTestButNotAfterEachWhenBeforeEachFails() {
        TestRun run = TestRun.of(FailsBefore.class);

        assertThat(run.failure().getCause()).hasMessage("before");
        assertThat(run.journal()).contains("after each").doesNotContain("test");
    }

    static class FailsBefore {
        @BeforeEach
        void beforeEach() {
            throw new IllegalStateException("before");
        }

        @ConcurrentTest
        void test() {
            journal(this, "test");
        }

        @AfterEach
        void afterEach() {
            journal(this, "after each");
        }
    }

    @Test
    void passesOnWhatBeforeAllThrowsInTheCampaign() {
        TestRun run = TestRun.of(FailsBeforeAll.class);

        assertThat(run.failure()).isInstanceOf(IllegalStateException.class).hasMessage("before all");
        assertThat(run.journal()).containsExactly("after all");
    }

    static class FailsBeforeAll {
        @BeforeAll
        static void beforeAll() {
            if (isInCampaign(FailsBeforeAll.class)) {
                throw new IllegalStateException("before all");
            }
        }

        @ConcurrentTest
        void test() {
            journal(this, "test");
        }

        @AfterAll
        static void afterAll() {
            if (isInCampaign(FailsBeforeAll.class)) {
                Journal.add("after all");
            }
        }
    }

    @Test
    void runsBeforeAllOfAnInstanceInEachExecution() {
        TestRun run = TestRun.of(PerClass.class).assertSucceeded(1);

        assertThat(run.journalFrom("before all"))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(execution -> assertThat(execution.subList(0, 4))
                        .containsExactly("before all", "before each", "test", "after all"));
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {
        String state = "new";

        @BeforeAll
        void beforeAll() {
            journal(this, "before all");
            state = "begun";
        }

        @BeforeEach
        void beforeEach() {
            assertThat(state).isEqualTo("begun");
            journal(this, "before each");
        }

        @ConcurrentTest
        void test() {
            journal(this, "test");
        }

        @AfterAll
        void afterAll() {
            journal(this, "after all");
        }
    }

    @Test
    void makesTheOuterInstancesOfNestedClasses() {
        TestRun run = TestRun.of(Outer.class).assertSucceeded(1);

        assertThat(run.journalFrom("outer"))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(execution -> assertThat(execution)
                        .startsWith(
                                "outer",
                                "inner",
                                "innermost",
                                "before each in outer",
                                "before each in innermost",
                                "test 2",
                                "after each in innermost",
                                "after each in outer"));
    }

    static class Outer {
        int calls;

        Outer() {
            journal(this, "outer");
        }

        @BeforeEach
        void beforeEachInOuter() {
            calls++;
            journal(this, "before each in outer");
        }

        @AfterEach
        void afterEachInOuter() {
            journal(this, "after each in outer");
        }

        @Nested
        class Inner {
            Inner() {
                journal(this, "inner");
            }

            @Nested
            class Innermost {
                private Innermost() {
                    journal(this, "innermost");
                }

                @BeforeEach
                void beforeEachInInnermost() {
                    calls++;
                    journal(this, "before each in innermost");
                }

                @ConcurrentTest
                void test() {
                    journal(this, "test " + calls);
                }

                @AfterEach
                void afterEachInInnermost() {
                    journal(this, "after each in innermost");
                }
            }
        }
    }

    @Test
    void runsInheritedMethods() {
        TestRun run = TestRun.of(Inherits.class).assertSucceeded(1);

        assertThat(run.journalFrom("default before each"))
                .allSatisfy(execution -> assertThat(execution)
                        .containsExactly("default before each", "inherited actor", "inherited test of Inherits"));
    }

    interface WithDefaultMethod {
        @BeforeEach
        default void defaultBeforeEach() {
            journal(this, "default before each");
        }
    }

    abstract static class Base implements WithDefaultMethod {
        @Actor
        protected void inheritedActor() {
            journal(this, "inherited actor");
        }

        @ConcurrentTest
        protected void inheritedTest() {
            journal(this, "inherited test of " + getClass().getSimpleName());
        }
    }

    static class Inherits extends Base {}

    @Test
    void leavesTheOtherTestsOfTheClassAlone() {
        TestRun run = TestRun.of(Mixed.class).assertSucceeded(2);

        assertThat(run.journal())
                .containsSubsequence("outside: before each", "outside: ordinary", "outside: after each");
        assertThat(run.journal()).containsSubsequence("before each", "concurrent", "after each");
        assertThat(run.journal()).doesNotContain("ordinary", "outside: concurrent");
        assertThat(Mixed.number).isEqualTo(1);
    }

    static class Mixed {
        static int number;

        @BeforeEach
        void beforeEach() {
            journal(this, "before each");
        }

        @Test
        void ordinary() {
            number++;
            journal(this, "ordinary");
        }

        @ConcurrentTest
        void concurrent() {
            number += 100;
            journal(this, "concurrent");
        }

        @AfterEach
        void afterEach() {
            journal(this, "after each");
        }
    }

    @Test
    void startsStaticStateAnewForEachExecutionOnlyWhenIsolated() {
        assertThat(TestRun.of(StaticState.class).assertSucceeded(1).journal()).contains("0", "1", "2");
        assertThat(TestRun.of(StaticState.class, "harness.isolate", "true")
                        .assertSucceeded(1)
                        .journal())
                .containsOnly("0");
    }

    static class StaticState {
        static int number;

        @ConcurrentTest
        void test() {
            Journal.add(Integer.toString(number++));
        }
    }

    @Test
    void runsBeforeAllAndAfterAllForEachIsolatedExecution() {
        List<String> inside = TestRun.of(Order.class, "harness.isolate", "true").assertSucceeded(1).journal().stream()
                .filter(entry -> entry.endsWith("All") && !entry.startsWith("outside"))
                .toList();

        assertThat(inside).hasSizeGreaterThanOrEqualTo(20);
        for (int i = 0; i < inside.size(); i++) {
            assertThat(inside.get(i)).isEqualTo(i % 2 == 0 ? "before All" : "after All");
        }
    }

    @Test
    void passesTestInfo() {
        assertThat(TestRun.of(WithTestInfo.class).assertSucceeded(1).journal())
                .containsOnly(
                        "outside: constructor of the test", "constructor of the test", "before the test", "the test");
    }

    static class WithTestInfo {
        WithTestInfo(TestInfo info) {
            journal(
                    this,
                    "constructor of "
                            + info.getTestMethod().map(method -> "the test").orElse(null));
        }

        @BeforeEach
        void beforeEach(TestInfo info) {
            journal(this, "before " + info.getDisplayName());
        }

        @org.junit.jupiter.api.DisplayName("the test")
        @ConcurrentTest
        void test(TestInfo info) {
            assertThat(info.getTestClass()).contains(getClass());
            journal(this, info.getDisplayName());
        }
    }
}
