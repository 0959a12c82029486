package org.concurrentharness.junit5.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.TestGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users of other test frameworks reported for years: each as tests that pass only if it is right. */
class OrderOfPeersTests {
    private static final int RUNS = 200;

    static Stream<String> executors() {
        return Launched.executors().stream();
    }

    private static void runOften(String executor, int parallelism, Class<?>... classes) {
        for (int run = 0; run < RUNS; run++) {
            Launched launched = Launched.of(Launched.parallel(executor, parallelism), classes);
            assertThat(launched.outcomes().values())
                    .as("run %d: %s", run, launched.outcomes())
                    .containsOnly("passed");
        }
    }

    /** In TestNG with parallel methods, some dependents started before the last of the methods that they depend on had ended. */
    static class EarlyCase {
        static final AtomicInteger DONE = new AtomicInteger();

        @BeforeAll
        static void begin() {
            DONE.set(0);
        }

        private static void work() {
            LockSupport.parkNanos(300_000); // so that there is time for a dependent to start early
            DONE.incrementAndGet();
        }

        @Test
        @TestGroup("peers-init")
        void init1() {
            work();
        }

        @Test
        @TestGroup("peers-init")
        void init2() {
            work();
        }

        @Test
        @TestGroup("peers-init")
        void init3() {
            work();
        }

        @Test
        @DependsOn(groups = "peers-init")
        void a() {
            assertThat(DONE).hasValue(3);
        }

        @Test
        @DependsOn(groups = "peers-init")
        void b() {
            assertThat(DONE).hasValue(3);
        }

        @Test
        @DependsOn(tests = {"init1", "b"})
        void c() {
            assertThat(DONE).hasValue(3);
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void dependentsDoNotStartEarly(String executor) {
        runOften(executor, 4, EarlyCase.class);
    }

    /** Passes only if all parties run beside each other. */
    private static void meet(CyclicBarrier barrier) throws Exception {
        barrier.await(30, TimeUnit.SECONDS);
    }

    private static final CyclicBarrier CLASSES = new CyclicBarrier(2);

    static class SetupCase {
        @Test
        @TestGroup("peers-setup")
        void sets() {}
    }

    @TestGroup("peers-left")
    @DependsOn(groups = "peers-setup")
    static class LeftCase {
        @Test
        void meets() throws Exception {
            meet(CLASSES);
        }
    }

    @TestGroup("peers-right")
    @DependsOn(groups = "peers-setup")
    static class RightCase {
        @Test
        void meets() throws Exception {
            meet(CLASSES);
        }
    }

    /** In TestNG, groups in different classes ran one after the other as soon as they depended on something. */
    @ParameterizedTest
    @MethodSource("executors")
    void groupsOfDifferentClassesRunBesideEachOther(String executor) {
        runOften(executor, 2, SetupCase.class, LeftCase.class, RightCase.class);
    }

    static class GroupCase {
        static final CyclicBarrier GROUP = new CyclicBarrier(4);

        @Test
        void first() {}

        @Test
        @DependsOn(tests = "first")
        void a() throws Exception {
            meet(GROUP);
        }

        @Test
        @DependsOn(tests = "first")
        void b() throws Exception {
            meet(GROUP);
        }

        @Test
        @DependsOn(tests = "first")
        void c() throws Exception {
            meet(GROUP);
        }

        @Test
        @DependsOn(tests = "first")
        void d() throws Exception {
            meet(GROUP);
        }
    }

    /** In TestNG, all that depended on one method ran one by one after it, in one thread. */
    @ParameterizedTest
    @MethodSource("executors")
    void whatDependsOnOneTestRunsBesideEachOtherAfterIt(String executor) {
        runOften(executor, 4, GroupCase.class);
    }

    static class ChainCase {
        private static final List<String> SEEN = new CopyOnWriteArrayList<>();

        @BeforeAll
        static void begin() {
            SEEN.clear();
        }

        @Test
        @DependsOn(tests = "b")
        void a() {
            assertThat(SEEN).containsExactly("d", "c", "b");
        }

        @Test
        @DependsOn(tests = "c")
        void b() {
            SEEN.add("b");
        }

        @Test
        @DependsOn(tests = "d")
        void c() {
            SEEN.add("c");
        }

        @Test
        void d() {
            SEEN.add("d");
        }
    }

    /** With one thread, and the dependency after its dependents, others hang. */
    @ParameterizedTest
    @MethodSource("executors")
    void oneThreadSuffices(String executor) {
        runOften(executor, 1, ChainCase.class);
    }
}
