package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests share a fixture of a group, where groups are parts of groups, and when it is closed. */
class GroupFixtureTests {
    private static final List<String> JOURNAL = new CopyOnWriteArrayList<>();

    @TempDir
    private Path reports;

    @BeforeEach
    void clear() {
        JOURNAL.clear();
    }

    /** Orders the classes by their names, so that journals are known. */
    private FixtureRun run(Class<?>... classes) {
        return FixtureRun.of(
                reports,
                1,
                Map.of(
                        "junit.jupiter.testclass.order.default",
                        "org.junit.jupiter.api.ClassOrderer$ClassName",
                        "junit.jupiter.testmethod.order.default",
                        "org.junit.jupiter.api.MethodOrderer$MethodName"),
                classes);
    }

    abstract static class Told implements Fixture<String> {
        @Override
        public String create() {
            JOURNAL.add("create " + getClass().getSimpleName());
            return getClass().getSimpleName();
        }

        @Override
        public void close(String value) {
            JOURNAL.add("close " + value);
        }
    }

    static class Server extends Told {}

    static class Pool extends Told {
        Pool(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {
            assertThat(server).isEqualTo("Server");
        }
    }

    abstract static class UsesServer {
        @Test
        void test(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {
            JOURNAL.add(getClass().getSimpleName());
        }
    }

    abstract static class UsesPool {
        @Test
        void test(@SharedFixture(value = Pool.class, scope = Scope.GROUP) String pool) {
            JOURNAL.add(getClass().getSimpleName());
        }
    }

    abstract static class UsesNone {
        @Test
        void test() {
            JOURNAL.add(getClass().getSimpleName());
        }
    }

    @TestGroup(value = "orders", in = "database")
    static class A1Orders extends UsesServer {}

    @TestGroup("database")
    static class A2Database extends UsesServer {}

    @TestGroup(value = "users", in = "database")
    static class A3Users extends UsesServer {}

    @TestGroup("other")
    static class A4Other extends UsesServer {}

    @Test
    void testsOfAGroupShareItWithThoseOfItsParts() {
        FixtureRun run = run(A1Orders.class, A2Database.class, A4Other.class);

        assertThat(run.failures()).isEmpty();
        assertThat(JOURNAL)
                .containsExactly(
                        "create Server",
                        "A1Orders",
                        "A2Database",
                        "close Server",
                        "create Server",
                        "A4Other",
                        "close Server");
        assertThat(run.report())
                .containsPattern("Server \\(group database\\): created .*, used 2 times")
                .containsPattern("Server \\(group other\\): created .*, used once");
    }

    @Test
    void testsOfTwoPartsShareItInTheGroupThatHoldsBoth() {
        FixtureRun run = run(A1Orders.class, A3Users.class);

        assertThat(JOURNAL).containsExactly("create Server", "A1Orders", "A3Users", "close Server");
        assertThat(run.report()).contains("Server (group database): created");
    }

    @TestGroup("database")
    static class A5Database extends UsesNone {}

    /** It belongs to the innermost group that holds all who ask. */
    @Test
    void aPartThatIsTheOnlyOneToAskHasItAlone() {
        FixtureRun run = run(A1Orders.class, A5Database.class);

        assertThat(JOURNAL).containsExactly("create Server", "A1Orders", "close Server", "A5Database");
        assertThat(run.report()).contains("Server (group orders): created");
    }

    @TestGroup("orders")
    static class B1Orders extends UsesPool {}

    @TestGroup("orders")
    static class B2Orders extends UsesNone {}

    @TestGroup("database")
    static class B3Database extends UsesServer {
        @AfterAll
        static void last() {
            JOURNAL.add("after all");
        }
    }

    @TestGroup(value = "orders", in = "database")
    static class B4Orders extends UsesNone {}

    static class C1NoGroup extends UsesNone {}

    @Test
    void isClosedAfterTheLastTestOfItsGroupAndNotBefore() {
        run(B1Orders.class, B2Orders.class, B3Database.class, B4Orders.class, C1NoGroup.class);

        assertThat(JOURNAL)
                .containsExactly(
                        "create Server",
                        "create Pool",
                        "B1Orders",
                        "B2Orders",
                        "B3Database",
                        "after all",
                        "B4Orders",
                        "close Pool",
                        "close Server",
                        "C1NoGroup");
    }

    @Test
    void whatIsNotSelectedIsNotWaitedFor() {
        run(B1Orders.class, B3Database.class, B4Orders.class, C1NoGroup.class);
        assertThat(JOURNAL).endsWith("B4Orders", "close Pool", "close Server", "C1NoGroup");

        JOURNAL.clear();
        run(B1Orders.class, B2Orders.class, C1NoGroup.class);
        assertThat(JOURNAL).endsWith("B2Orders", "close Pool", "close Server", "C1NoGroup");
    }

    @TestGroup("orders")
    @Disabled("so that what it holds never ends")
    static class B5Orders extends UsesNone {}

    static class B6Methods {
        @Test
        @TestGroup("orders")
        void a(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {
            JOURNAL.add("a");
        }

        @RepeatedTest(2)
        @TestGroup("orders")
        void b(@SharedFixture(value = Server.class, scope = Scope.GROUP) String server) {
            JOURNAL.add("b");
        }

        @Test
        void c() {
            JOURNAL.add("c");
        }
    }

    @Test
    void disabledTestsHaveEndedAndInvocationsAreOfOneTest() {
        run(B5Orders.class, B6Methods.class);

        assertThat(JOURNAL).containsExactly("create Server", "a", "b", "b", "close Server", "c");
    }

    @TestGroup(
            value = "left",
            in = {"x"})
    static class D1 extends UsesServer {}

    @TestGroup(
            value = "middle",
            in = {"x", "y"})
    static class D2 extends UsesServer {}

    @TestGroup(
            value = "right",
            in = {"y"})
    static class D3 extends UsesServer {}

    @Test
    void groupsThatOverlapShareItTogether() {
        FixtureRun run = run(D1.class, D2.class, D3.class);

        assertThat(JOURNAL).containsExactly("create Server", "D1", "D2", "D3", "close Server");
        assertThat(run.report()).contains("Server (group left, middle, right): created");
    }

    @TestGroup(value = "egg", in = "hen")
    static class E1Egg extends UsesServer {}

    @TestGroup(value = "hen", in = "egg")
    static class E2Hen extends UsesServer {}

    @Test
    void groupsThatHoldEachOtherAreOne() {
        FixtureRun run = run(E1Egg.class, E2Hen.class);

        assertThat(run.failures()).isEmpty();
        assertThat(JOURNAL).containsExactly("create Server", "E1Egg", "E2Hen", "close Server");
    }

    static class Unclosable extends Told {
        @Override
        public void close(String value) {
            throw new IllegalStateException("will not close");
        }
    }

    @TestGroup("unclosable")
    static class F1Unclosable {
        @Test
        void test(@SharedFixture(value = Unclosable.class, scope = Scope.GROUP) String value) {}
    }

    /** Nobody can be told when the group ends, but somebody must be. */
    @Test
    void whatClosingThrowsFailsTheExecution() {
        FixtureRun run = run(F1Unclosable.class, C1NoGroup.class);

        assertThat(run.failures())
                .singleElement()
                .extracting(failure -> failure.getCause().getMessage())
                .asString()
                .contains("Unclosable could not be closed: java.lang.IllegalStateException: will not close");
    }

    @TestGroup("first")
    static class G2First extends UsesServer {}

    @DependsOn(groups = "first")
    static class G1Second extends UsesNone {}

    /** What a group had, a port for one, is free for those that depend on the group. */
    @Test
    void isClosedBeforeWhatDependsOnTheGroupStarts() {
        for (String parallel : List.of("false", "true")) {
            JOURNAL.clear();
            FixtureRun.of(
                    reports,
                    1,
                    Map.of(
                            "junit.jupiter.execution.parallel.enabled",
                            parallel,
                            "junit.jupiter.execution.parallel.mode.default",
                            "concurrent"),
                    G1Second.class,
                    G2First.class);

            assertThat(JOURNAL).containsExactly("create Server", "G2First", "close Server", "G1Second");
        }
    }
}
