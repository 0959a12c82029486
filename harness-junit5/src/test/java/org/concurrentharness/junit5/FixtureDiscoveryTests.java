package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fixtures that can never be created are told of when tests are discovered, and no test runs. */
class FixtureDiscoveryTests {
    private static final String HERE = FixtureDiscoveryTests.class.getName() + "$";

    private static final List<String> JOURNAL = new CopyOnWriteArrayList<>();

    @TempDir
    private Path reports;

    @BeforeEach
    void clear() {
        JOURNAL.clear();
    }

    private FixtureRun run(Class<?>... classes) {
        return FixtureRun.of(reports, 1, Map.of(), classes);
    }

    private List<String> faults(Class<?>... classes) {
        FixtureRun run = run(classes);
        assertThat(JOURNAL).isEmpty();
        assertThat(run.succeeded()).isZero();
        return run.failures().stream().map(Throwable::getMessage).toList();
    }

    abstract static class Text implements Fixture<String> {
        @Override
        public String create() {
            JOURNAL.add("create " + getClass().getSimpleName());
            return getClass().getSimpleName();
        }
    }

    static class Good extends Text {}

    static class Left extends Text {
        Left(@SharedFixture(Good.class) String good, @SharedFixture(Right.class) String right) {}
    }

    static class Right extends Text {
        Right(@SharedFixture(Left.class) String left) {}
    }

    static class First extends Text {
        First(@SharedFixture(Left.class) String left) {}
    }

    static class Self extends Text {
        Self(@SharedFixture(Self.class) String self) {}
    }

    static class Healthy {
        @Test
        void runs(@SharedFixture(Good.class) String good) {
            JOURNAL.add("runs");
        }
    }

    static class NeedCycle {
        @Test
        void first(@SharedFixture(First.class) String first) {}

        @Test
        void right(@SharedFixture(Right.class) String right) {}
    }

    @Test
    void tellsACycleOnceAndRunsNothing() {
        assertThat(faults(Healthy.class, NeedCycle.class))
                .singleElement()
                .isIn(cycle("Left", 2, "Right", 1), cycle("Right", 1, "Left", 2));
    }

    private static String cycle(String one, int parameterOfOne, String other, int parameterOfOther) {
        return HERE + one + " → " + HERE + other + " → " + HERE + one
                + ": each of these fixtures needs the next one, so that none can be created first; remove parameter "
                + parameterOfOne + " of " + HERE + one + "'s constructor, or parameter " + parameterOfOther + " of "
                + HERE
                + other + "'s constructor.";
    }

    static class NeedsSelf {
        @SharedFixture(Self.class)
        private String self;

        @Test
        void test() {}
    }

    @Test
    void tellsOfAFixtureThatNeedsItself() {
        assertThat(faults(NeedsSelf.class))
                .containsExactly(
                        HERE + "Self → " + HERE + "Self: each of these fixtures needs the next one, so that none"
                                + " can be created first; remove parameter 1 of " + HERE + "Self's constructor.");
    }

    /** An engine that is run without JUnit's launcher shows nobody what it has discovered. */
    @Test
    void aCycleIsToldAtRunTimeWithoutTheLauncher() {
        assertThat(TestRun.of(NeedsSelf.class).failure())
                .rootCause()
                .hasMessageStartingWith(HERE + "Self → " + HERE + "Self: each needs the next one to be initialised.");
    }

    static class NeedsNarrower extends Text {
        NeedsNarrower(@SharedFixture(value = Good.class, scope = Scope.CLASS) String good) {}
    }

    static class NeedsText extends Text {
        NeedsText(String text) {}
    }

    static class NeedsImpatiently extends Text {
        NeedsImpatiently(@SharedFixture(value = Good.class, timeout = "0s") String good) {}
    }

    class Inner extends Text {}

    static class Two extends Text {
        Two() {}

        Two(@SharedFixture(Good.class) String good) {}
    }

    static class Everywhere {
        Everywhere(@SharedFixture(Text.class) String isAbstract) {}

        @BeforeAll
        static void beforeAll(@SharedFixture(Inner.class) String inner) {}

        @BeforeEach
        void beforeEach(@SharedFixture(Two.class) String twoConstructors) {}

        @AfterEach
        void afterEach(@SharedFixture(NeedsText.class) String needsText) {}

        @Test
        void one(@SharedFixture(NeedsNarrower.class) String narrower) {}

        @Test
        void two(@SharedFixture(NeedsImpatiently.class) String impatiently) {}
    }

    @Test
    void tellsWhatCannotBeMade() {
        String cannotBeMade = " cannot be made: it must be a class with one constructor, neither abstract nor inner.";

        assertThat(faults(Everywhere.class, Healthy.class))
                .containsExactlyInAnyOrder(
                        "Fixture " + HERE + "Text" + cannotBeMade,
                        "Fixture " + HERE + "Inner" + cannotBeMade,
                        "Fixture " + HERE + "Two" + cannotBeMade,
                        "Fixture " + HERE + "NeedsText: parameter 1 of " + HERE
                                + "NeedsText's constructor must be a @SharedFixture, since nobody else gives it a value.",
                        "Fixture " + HERE + "NeedsNarrower with scope RUN needs " + HERE
                                + "Good with scope CLASS, which ends before it does (parameter 1 of " + HERE
                                + "NeedsNarrower's constructor).",
                        "@SharedFixture, parameter 1 of " + HERE
                                + "NeedsImpatiently's constructor: timeout is \"0s\"; it must be a positive duration such as"
                                + " \"500ms\", \"10s\" or \"2m\".");
    }

    static class Misused {
        @Test
        void inNoGroup(@SharedFixture(value = Good.class, scope = Scope.GROUP) String good) {}

        @Test
        @TestGroup("a")
        @TestGroup("b")
        void inTwoGroups(@SharedFixture(value = Good.class, scope = Scope.GROUP) String good) {}

        @Test
        void ofAClassAcrossForks(
                @SharedFixture(value = Good.class, scope = Scope.CLASS, acrossForks = true) String good) {}

        @Test
        void impossibleTimeout(@SharedFixture(value = Good.class, timeout = "abc") String good) {}

        @Nested
        class Final {
            @SharedFixture(Good.class)
            private final String good = "mine";

            @Test
            void test() {}
        }
    }

    @Test
    void tellsWhatCannotBeAskedFor() {
        assertThat(faults(Misused.class))
                .containsExactlyInAnyOrder(
                        "@SharedFixture with scope GROUP, parameter 1 of " + HERE
                                + "Misused#inNoGroup, is in no group; add @TestGroup to the test or its class.",
                        "@SharedFixture with scope GROUP, parameter 1 of " + HERE
                                + "Misused#inTwoGroups, is in the groups a, b; it must be in one.",
                        "@SharedFixture(acrossForks = true), parameter 1 of " + HERE
                                + "Misused#ofAClassAcrossForks, must have the scope RUN and not CLASS.",
                        "@SharedFixture, parameter 1 of " + HERE
                                + "Misused#impossibleTimeout: timeout is \"abc\"; it must be a positive duration such as"
                                + " \"500ms\", \"10s\" or \"2m\".",
                        "@SharedFixture field " + HERE + "Misused$Final.good must not be final.");
    }

    static class PutOff extends Healthy {
        @Test
        @Disabled("its fixtures are not mended yet")
        void disabled(@SharedFixture(Left.class) String left) {}

        @Nested
        @Disabled("as a whole")
        class Whole {
            @SharedFixture(NeedsText.class)
            private String text;

            @Test
            void test() {}
        }
    }

    @Test
    void whatIsDisabledNeedsNothing() {
        FixtureRun run = run(PutOff.class);

        assertThat(run.failures()).isEmpty();
        assertThat(JOURNAL).containsExactly("create Good", "runs");
    }
}
