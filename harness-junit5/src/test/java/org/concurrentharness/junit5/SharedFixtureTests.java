package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class SharedFixtureTests {
    /** What fixtures and tests did. Tests of this class run one after the other. */
    private static final List<String> JOURNAL = new CopyOnWriteArrayList<>();

    private static final String HERE = SharedFixtureTests.class.getName();

    @TempDir
    private Path reports;

    @BeforeEach
    void clear() {
        JOURNAL.clear();
    }

    private FixtureRun run(Class<?>... classes) {
        return FixtureRun.of(reports, 1, Map.of(), classes);
    }

    /** A fixture that tells what it does. */
    abstract static class Told implements Fixture<String> {
        @Override
        public String create() throws Exception {
            String name = getClass().getSimpleName();
            JOURNAL.add("create " + name);
            return name;
        }

        @Override
        public void close(String value) {
            JOURNAL.add("close " + value);
        }
    }

    static class Server extends Told {}

    static class Pool extends Told {
        Pool(@SharedFixture(Server.class) String server) {
            assertThat(server).isEqualTo("Server");
        }
    }

    @Test
    void isGivenWhereverItIsAskedFor() {
        FixtureRun run = run(Everywhere.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(2);
        assertThat(JOURNAL).containsExactly("create Server", "create Pool", "after all", "close Pool", "close Server");
    }

    static class Everywhere {
        @SharedFixture(Server.class)
        private static String ofClass;

        @SharedFixture(Pool.class)
        private String ofInstance;

        private final String ofConstructor;

        Everywhere(@SharedFixture(Server.class) String server) {
            ofConstructor = server;
        }

        @BeforeAll
        static void first(@SharedFixture(Server.class) String server) {
            assertThat(server).isSameAs(ofClass);
        }

        @BeforeEach
        void before(@SharedFixture(Server.class) String server) {
            assertThat(server).isSameAs(ofConstructor).isSameAs(ofClass);
        }

        @Test
        void inATest(@SharedFixture(Pool.class) CharSequence pool, TestInfo info) {
            assertThat(pool).isSameAs(ofInstance);
        }

        @ParameterizedTest
        @ValueSource(ints = 1)
        void besideOtherArguments(int one, @SharedFixture(Pool.class) String pool) {
            assertThat(pool).isSameAs(ofInstance);
        }

        @AfterAll
        static void last() {
            JOURNAL.add("after all");
        }
    }

    /** The campaign runs copies of the test's classes; what JUnit resolves is passed if it is an object of the JDK. */
    @Test
    void isGivenToCampaigns() {
        FixtureRun run = run(InACampaign.class);

        assertThat(run.failures()).isEmpty();
        assertThat(JOURNAL).containsExactly("create Server", "close Server");
    }

    static class InACampaign {
        @ConcurrentTest(executions = 5)
        void test(@SharedFixture(Server.class) String server) {
            assertThat(server).isEqualTo("Server");
        }
    }

    @Test
    void ofTheRunSurvivesReruns() {
        FixtureRun run = FixtureRun.of(reports, 3, Map.of(), UsesServer.class, AlsoUsesServer.class);

        assertThat(run.succeeded()).isEqualTo(6);
        assertThat(JOURNAL).containsExactly("create Server", "close Server");
    }

    @Test
    void ofTheRunIsReported() {
        FixtureRun run = run(UsesServer.class, AlsoUsesServer.class);

        String time = "[0-9.]+ m?s";
        assertThat(run.report())
                .matches(".*\\$Server \\(run\\): created in " + time + " by thread \"[^\"]+\", used 2 times, closed in "
                        + time + "\\R");
    }

    static class UsesServer {
        @Test
        void test(@SharedFixture(Server.class) String server) {}
    }

    static class AlsoUsesServer {
        @Test
        void test(@SharedFixture(Server.class) String server) {}
    }

    @Test
    void isNotCreatedForTestsThatDoNotRun() {
        FixtureRun run = run(NeedsNone.class);

        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(JOURNAL).isEmpty();
        assertThat(run.report()).isEmpty();
    }

    static class NeedsNone {
        @Test
        void test() {}

        @Test
        @Disabled("its fixture is not needed")
        void disabled(@SharedFixture(Server.class) String server) {}
    }

    @Test
    void acrossForksIsHandedOnWhereReportsAre() {
        FixtureRun run = run(AcrossForks.class);

        assertThat(run.failures()).isEmpty();
        assertThat(JOURNAL).containsExactly("create 1", "close 1");
        assertThat(reports.resolve("forks").resolve(OfForks.class.getName()))
                .isDirectoryNotContaining("glob:**.member")
                .isDirectoryNotContaining("glob:**value");
    }

    record Address(int port) implements Serializable {}

    static class OfForks implements Fixture<Address> {
        @Override
        public Address create() {
            JOURNAL.add("create 1");
            return new Address(1);
        }

        @Override
        public void close(Address address) {
            JOURNAL.add("close " + address.port());
        }
    }

    static class AcrossForks {
        @Test
        void test(@SharedFixture(value = OfForks.class, acrossForks = true) Address address) {
            assertThat(address.port()).isEqualTo(1);
        }
    }

    @Test
    void ofAClassEndsWithIt() {
        run(OfClass.class, OfAnotherClass.class);

        List<String> ofOne = List.of("create Server", "nested", "test", "close Server");
        assertThat(JOURNAL).hasSize(8);
        for (List<String> part : List.of(JOURNAL.subList(0, 4), JOURNAL.subList(4, 8))) {
            assertThat(part).containsExactlyInAnyOrderElementsOf(ofOne);
            assertThat(part.get(0)).isEqualTo("create Server");
            assertThat(part.get(3)).isEqualTo("close Server");
        }
    }

    static class OfClass {
        @Test
        void test(@SharedFixture(value = Server.class, scope = Scope.CLASS) String server) {
            JOURNAL.add("test");
        }

        @Nested
        class Inner {
            @Test
            void test(@SharedFixture(value = Server.class, scope = Scope.CLASS) String server) {
                JOURNAL.add("nested");
            }
        }
    }

    static class OfAnotherClass extends OfClass {
        @Nested
        class Inner extends OfClass.Inner {}
    }

    @Test
    void ofAGroupIsSharedByItsTests() {
        FixtureRun run = run(InGroup.class, InGroups.class);

        assertThat(run.failures()).isEmpty();
        assertThat(JOURNAL).filteredOn("create Server"::equals).hasSize(2);
        assertThat(JOURNAL).filteredOn("close Server"::equals).hasSize(2);
        assertThat(run.report()).contains("$Server (group a): created", "$Server (group b): created");
        assertThat(run.report().lines().filter(line -> line.contains("(group a)")))
                .allMatch(line -> line.contains("used 2 times"));
    }

    @TestGroup("a")
    static class InGroup {
        @Test
        void test(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {}
    }

    @TestGroup("a")
    static class InGroups {
        @Test
        void ofTheClass(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {}

        @Test
        @TestGroup("b")
        void ofItsOwn(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {}
    }

    @Test
    void isCreatedOnceByTestsThatRunInParallel() {
        for (String executor : List.of("FORK_JOIN_POOL", "WORKER_THREAD_POOL")) {
            JOURNAL.clear();
            FixtureRun run = FixtureRun.of(
                    reports,
                    1,
                    Map.of(
                            "junit.jupiter.execution.parallel.enabled", "true",
                            "junit.jupiter.execution.parallel.mode.default", "concurrent",
                            "junit.jupiter.execution.parallel.config.strategy", "fixed",
                            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8",
                            "junit.jupiter.execution.parallel.config.executor-service", executor),
                    Many.class);

            assertThat(run.succeeded()).isEqualTo(40);
            assertThat(JOURNAL).containsExactly("create Server", "create Pool", "close Pool", "close Server");
        }
    }

    static class Many {
        @RepeatedTest(40)
        void test(@SharedFixture(Pool.class) String pool, @SharedFixture(Server.class) String server) {}
    }

    /** Each creation waits for the other to begin, so that one after the other would fail. */
    @Test
    void isCreatedBesideOthersThatDoNotNeedIt() {
        FixtureRun run = run(NeedsTwo.class, NeedsBoth.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(2);
    }

    abstract static class Together implements Fixture<String> {
        private final CyclicBarrier begun;

        Together(CyclicBarrier begun) {
            this.begun = begun;
        }

        @Override
        public String create() throws Exception {
            begun.await(30, TimeUnit.SECONDS);
            return getClass().getSimpleName();
        }
    }

    private static final CyclicBarrier OF_TEST = new CyclicBarrier(2);
    private static final CyclicBarrier OF_FIXTURE = new CyclicBarrier(2);

    static class One extends Together {
        One() {
            super(OF_TEST);
        }
    }

    static class Two extends Together {
        Two() {
            super(OF_TEST);
        }
    }

    static class Three extends Together {
        Three() {
            super(OF_FIXTURE);
        }
    }

    static class Four extends Together {
        Four() {
            super(OF_FIXTURE);
        }
    }

    static class ThreeAndFour implements Fixture<String> {
        private final String both;

        ThreeAndFour(@SharedFixture(Three.class) String three, @SharedFixture(Four.class) String four) {
            both = three + four;
        }

        @Override
        public String create() {
            return both;
        }
    }

    static class NeedsTwo {
        @Test
        void test(@SharedFixture(One.class) String one, @SharedFixture(Two.class) String two) {}
    }

    static class NeedsBoth {
        @SharedFixture(ThreeAndFour.class)
        private String both;

        @Test
        void test() {
            assertThat(both).isEqualTo("ThreeFour");
        }
    }

    @Test
    void failsEveryTestThatNeedsItWithTheOneCause() {
        FixtureRun run = run(NeedBroken.class);

        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.failures()).hasSize(4);
        List<Throwable> roots = new ArrayList<>();
        for (Throwable failure : run.failures()) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            roots.add(root);
        }
        assertThat(new HashSet<>(roots)).hasSize(1);
        assertThat(roots.get(0)).hasMessage("refused");
        assertThat(run.failures())
                .extracting(Throwable::getMessage)
                .contains(HERE + "$Broken could not be initialised: java.lang.IllegalStateException: refused");
        assertThat(JOURNAL).containsExactlyInAnyOrder("create Broken", "healthy");
    }

    static class Broken extends Told {
        @Override
        public String create() throws Exception {
            super.create();
            throw new IllegalStateException("refused");
        }
    }

    static class NeedsBroken extends Told {
        NeedsBroken(@SharedFixture(Broken.class) String broken) {}
    }

    static class NeedBroken {
        @Test
        void direct(@SharedFixture(Broken.class) String broken) {
            JOURNAL.add("unreachable");
        }

        @Test
        void again(@SharedFixture(Broken.class) String broken) {
            JOURNAL.add("unreachable");
        }

        @Test
        void byAnother(@SharedFixture(NeedsBroken.class) String broken) {
            JOURNAL.add("unreachable");
        }

        @Test
        void healthy() {
            JOURNAL.add("healthy");
        }

        @Nested
        class InConstructor {
            InConstructor(@SharedFixture(Broken.class) String broken) {}

            @Test
            void test() {
                JOURNAL.add("unreachable");
            }
        }
    }

    @Test
    void abortsTestsWhenAnAssumptionFailsInIt() {
        FixtureRun run = run(NeedUnavailable.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.aborted()).isEqualTo(2);
    }

    static class Unavailable implements Fixture<String> {
        @Override
        public String create() {
            throw new TestAbortedException("no containers here");
        }
    }

    static class NeedUnavailable {
        @Test
        void test(@SharedFixture(Unavailable.class) String unavailable) {}

        @Nested
        class InAField {
            @SharedFixture(Unavailable.class)
            private String unavailable;

            @Test
            void test() {}
        }
    }

    /** What only the value itself shows. */
    @Test
    void refusesMisuses() {
        assertThat(messages(run(Misused.class)))
                .containsExactlyInAnyOrder(
                        "@SharedFixture, parameter 1 of " + HERE + "$Misused#ofAnotherType, is a int, but " + HERE
                                + "$Server creates a java.lang.String.",
                        "@SharedFixture field " + HERE
                                + "$Misused$InACampaign.server would not be set in the campaign's copies of " + HERE
                                + "$Misused$InACampaign; make it a parameter of the @ConcurrentTest method.");
    }

    private static List<String> messages(FixtureRun run) {
        return run.failures().stream()
                .map(failure -> {
                    Throwable root = failure;
                    while (root.getCause() != null) {
                        root = root.getCause();
                    }
                    return root.getMessage();
                })
                .toList();
    }

    static class Misused {
        @Test
        void ofAnotherType(@SharedFixture(Server.class) int server) {}

        @Nested
        class InACampaign {
            @SharedFixture(Server.class)
            private String server;

            @ConcurrentTest
            void test() {}
        }
    }
}
