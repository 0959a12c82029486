package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.junit5.HuntRunResult.PASSED;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Which combinations there are, what they are called, and what is refused. */
class RaceHuntSelectionTests {
    @RaceHunt
    @Tag("shop")
    static class Named {
        @Test
        @DisplayName("a sale")
        @Tag("slow")
        void sale() {}

        @Test
        void refund() {}
    }

    @Test
    void namesCombinationsForPeopleAndBuildTools() {
        TestDescriptor container = EngineTestKit.engine(RaceHuntEngine.ID)
                .selectors(selectClass(Named.class))
                .execute()
                .containerEvents()
                .started()
                .list()
                .get(1)
                .getTestDescriptor();

        assertThat(container.getSource()).contains(ClassSource.from(Named.class));
        assertThat(container.getChildren())
                .extracting(TestDescriptor::getDisplayName)
                .containsExactly("refund() beside refund()", "refund() beside a sale", "a sale beside a sale");
        TestDescriptor second =
                container.getChildren().stream().skip(1).findFirst().orElseThrow();
        assertThat(second.getSource())
                .contains(org.junit.platform.engine.support.descriptor.MethodSource.from(
                        Named.class.getName(), "refund() beside sale()"));
        assertThat(second.getTags()).containsExactlyInAnyOrder(TestTag.create("shop"), TestTag.create("slow"));
        assertThat(second.isTest()).isTrue();
    }

    @Test
    void obeysFiltersForTags() {
        assertThat(EngineTestKit.engine(RaceHuntEngine.ID)
                        .selectors(selectClass(Named.class))
                        .filters(TagFilter.excludeTags("slow"))
                        .execute()
                        .testEvents()
                        .started()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void runsOneCombinationByItsUniqueId() {
        UniqueId id = UniqueId.forEngine(RaceHuntEngine.ID)
                .append("class", Named.class.getName())
                .append("combination", "refund() beside sale()");

        assertThat(HuntRunResult.of(selectUniqueId(id)).outcomes()).isEqualTo(Map.of("refund() beside a sale", PASSED));
    }

    @Test
    void runsNothingForOneMethod() {
        assertThat(HuntRunResult.of(selectMethod(Named.class, "sale")).outcomes())
                .isEmpty();
    }

    @Disabled("not today")
    @RaceHunt
    static class DisabledClass {
        @Test
        void test() {}
    }

    @Test
    void skipsADisabledClass() {
        assertThat(HuntRunResult.of(DisabledClass.class).outcomes()).isEqualTo(Map.of("DisabledClass", "not today"));
    }

    @RaceHunt
    abstract static class Contract {
        @Test
        void holds() {}
    }

    static class Implementation extends Contract {}

    @Test
    void isInherited() {
        assertThat(HuntRunResult.of(Contract.class).outcomes()).isEmpty();
        assertThat(HuntRunResult.of(Implementation.class).outcomes())
                .isEqualTo(Map.of("holds() beside holds()", PASSED));
    }

    @RaceHunt
    static class Mixed {
        @Test
        void plain() {}

        @Test
        @Disabled
        void off() {}

        @Test
        @DisabledOnOs(OS.OTHER)
        void elsewhere() {}

        @RepeatedTest(2)
        void repeated() {}

        @Test
        @DependsOn(tests = "plain")
        void dependent() {}

        @ParameterizedTest
        @ValueSource(ints = 1)
        void parameterized(int one) {}

        @ConcurrentTest
        void campaign() {}
    }

    @Test
    void tellsWhatIsLeftOut() {
        HuntRunResult run = HuntRunResult.of(Mixed.class);

        assertThat(run.outcomes()).isEqualTo(Map.of("plain() beside plain()", PASSED));
        assertThat(run.published().get("Mixed").get("harness.notes").lines())
                .containsExactlyInAnyOrder(
                        "campaign is left out: it has threads of its own.",
                        "dependent is left out: it depends on others, which do not run before it in a hunt.",
                        "elsewhere is left out: its condition @DisabledOnOs is known to JUnit Jupiter only.",
                        "off is left out: it is disabled.",
                        "parameterized is left out: it is no plain @Test, but a test with invocations of its own.",
                        "repeated is left out: it is no plain @Test, but a test with invocations of its own.");
    }

    @RaceHunt
    static class Locked {
        @Test
        @ResourceLock("a")
        void writes() {}

        @Test
        @ResourceLock(value = "a", mode = ResourceAccessMode.READ)
        void reads() {}

        @Test
        void neither() {}
    }

    @Test
    void leavesApartWhatResourceLocksKeepApart() {
        assertThat(HuntRunResult.of(Locked.class).outcomes())
                .containsOnlyKeys(
                        "neither() beside neither()",
                        "neither() beside reads()",
                        "neither() beside writes()",
                        "reads() beside reads()");
    }

    @RaceHunt(tests = {"one", "two"})
    static class Chosen {
        @Test
        void one() {}

        @Test
        void two() {}

        @Test
        void two(@SharedFixture(StringFixture.class) String value) {}

        @Test
        void three() {}
    }

    @Test
    void combinesOnlyWhatIsNamed() {
        assertThat(HuntRunResult.of(Chosen.class).outcomes())
                .containsOnlyKeys(
                        "one() beside one()",
                        "one() beside two()",
                        "one() beside two(String)",
                        "two() beside two()",
                        "two() beside two(String)",
                        "two(String) beside two(String)");
    }

    static class StringFixture implements Fixture<String> {
        @Override
        public String create() {
            return "value";
        }
    }

    @ParameterizedTest
    @MethodSource
    void refuses(Class<?> type, String message) {
        HuntRunResult run = HuntRunResult.of(type);

        assertThat(run.failures()).containsOnlyKeys("@RaceHunt");
        assertThat(run.failure("@RaceHunt")).isEqualTo(message.replace("{}", type.getName()));
    }

    static Stream<Arguments> refuses() {
        String hunt = "@RaceHunt on {}: ";
        return Stream.of(
                Arguments.of(Empty.class, hunt + "it has no @Test method."),
                Arguments.of(OnlyOff.class, hunt + "it has no test to combine: off is left out: it is disabled."),
                Arguments.of(One.class, hunt + "together must be from 2 to 8, but was 1."),
                Arguments.of(Nine.class, hunt + "together must be from 2 to 8, but was 9."),
                Arguments.of(
                        Many.class,
                        hunt
                                + "its 3 tests make 45 combinations of 8, which are too many for a budget of 2000 ms: it suffices"
                                + " for 20; raise the budget, or name fewer tests by tests = {...}."),
                Arguments.of(
                        BadBudget.class,
                        hunt
                                + "budget is \"soon\"; it must be a positive duration such as \"500ms\", \"10s\" or \"2m\"."),
                Arguments.of(Unknown.class, hunt + "it has no test tow; its tests are two."),
                Arguments.of(
                        Apart.class,
                        hunt + "@Isolated or @ResourceLock on the class keeps its tests apart; remove one of the two."),
                Arguments.of(
                        AllLocked.class,
                        hunt + "its tests never run beside each other, since @ResourceLock keeps them apart."),
                Arguments.of(
                        WithTempDir.class,
                        hunt
                                + "@TempDir field directory would not be set; make the directory in a fixture, which also deletes it."),
                Arguments.of(
                        Unresolved.class,
                        "In a hunt nobody gives a value to parameter 1 of {}#test (Path), which must be a @SharedFixture or a"
                                + " TestInfo; name the tests to combine by @RaceHunt(tests = ...) if it is to be left out."),
                Arguments.of(FinalField.class, "@SharedFixture field {}.value must not be final."),
                Arguments.of(
                        Cyclic.class,
                        "Fixtures need each other: " + A.class.getName() + " → " + B.class.getName() + " → "
                                + A.class.getName() + "."),
                Arguments.of(
                        TooNarrow.class,
                        "Fixture " + NeedsNarrow.class.getName() + " with scope RUN needs "
                                + StringFixture.class.getName()
                                + " with scope CLASS, which ends before it does (parameter 1 of "
                                + NeedsNarrow.class.getName() + "'s constructor)."));
    }

    @RaceHunt
    static class Empty {}

    @RaceHunt
    static class OnlyOff {
        @Test
        @Disabled
        void off() {}
    }

    @RaceHunt(together = 1)
    static class One extends Contract {}

    @RaceHunt(together = 9)
    static class Nine extends Contract {}

    @RaceHunt(together = 8, budget = "2s")
    static class Many {
        @Test
        void one() {}

        @Test
        void two() {}

        @Test
        void three() {}
    }

    @RaceHunt(budget = "soon")
    static class BadBudget extends Contract {}

    @RaceHunt(tests = {"two", "tow"})
    static class Unknown {
        @Test
        void two() {}
    }

    @RaceHunt
    @Isolated
    static class Apart extends Contract {}

    @RaceHunt
    static class AllLocked {
        @Test
        @ResourceLock("a")
        void one() {}
    }

    @RaceHunt
    static class WithTempDir extends Contract {
        @TempDir
        private Path directory;
    }

    @RaceHunt
    static class Unresolved {
        @Test
        void test(@TempDir Path directory) {}
    }

    @RaceHunt
    static class FinalField extends Contract {
        @SharedFixture(StringFixture.class)
        private final String value = "";
    }

    @RaceHunt
    static class Cyclic {
        @Test
        void test(@SharedFixture(A.class) String value) {}
    }

    static class A extends StringFixture {
        A(@SharedFixture(B.class) String value) {}
    }

    static class B extends StringFixture {
        B(@SharedFixture(A.class) String value) {}
    }

    @RaceHunt
    static class TooNarrow {
        @Test
        void test(@SharedFixture(NeedsNarrow.class) String value) {}
    }

    static class NeedsNarrow extends StringFixture {
        NeedsNarrow(@SharedFixture(value = StringFixture.class, scope = Scope.CLASS) String value) {}
    }
}
