package org.concurrentharness.junit5.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.TestGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What is wrong with what tests say about order is told before any of them runs, in one sentence. */
class OrderMisuseTests {
    private static final String HERE = OrderMisuseTests.class.getName() + "$";

    private static List<String> faults(Map<String, String> parameters, Class<?>... classes) {
        Launched run = Launched.of(parameters, classes);
        assertThat(Journal.take()).isEmpty();
        assertThat(run.outcomes().values()).allMatch(outcome -> outcome.startsWith("failed: "));
        return run.outcomes().values().stream()
                .map(outcome -> outcome.substring("failed: ".length()))
                .toList();
    }

    static class Free {
        @Test
        void runs() {
            Journal.run("free", 0, false);
        }
    }

    static class CircleCase extends Free {
        @Test
        @DependsOn(tests = "c")
        void a() {}

        @Test
        @DependsOn(tests = "a")
        void b() {}

        @Test
        @DependsOn(tests = "b")
        void c() {}
    }

    @Test
    void aCircle() {
        assertThat(faults(Map.of(), CircleCase.class, Free.class))
                .containsExactly("Tests depend on each other in a circle: " + HERE + "CircleCase#a depends on " + HERE
                        + "CircleCase#c, " + HERE + "CircleCase#c depends on " + HERE + "CircleCase#b, " + HERE
                        + "CircleCase#b depends on " + HERE + "CircleCase#a.");
    }

    @TestGroup("misuse-low")
    @DependsOn(groups = "misuse-high")
    static class LowCase extends Free {}

    @TestGroup("misuse-high")
    static class HighCase extends Free {
        @Test
        @DependsOn(groups = "misuse-low")
        void needsLow() {}
    }

    @Test
    void aCircleOfGroups() {
        assertThat(faults(Map.of(), LowCase.class, HighCase.class))
                .containsExactly("Tests depend on each other in a circle: " + HERE + "LowCase depends on " + HERE
                        + "HighCase (group \"misuse-high\"), " + HERE + "HighCase#needsLow depends on " + HERE
                        + "LowCase (group \"misuse-low\").");
    }

    static class UnknownCase extends Free {
        @Test
        @DependsOn(groups = "misuse-hihg")
        void a() {}

        @Test
        @DependsOn(tests = "rans")
        void b() {}

        @Test
        @DependsOn(tests = "HighCas#runs")
        void c() {}

        @Test
        @DependsOn(tests = "HighCase#run")
        void d() {}

        @Test
        @DependsOn
        void e() {}
    }

    @Test
    void unknownNames() {
        assertThat(faults(Map.of(), UnknownCase.class))
                .containsExactlyInAnyOrder(
                        "@DependsOn of " + HERE + "UnknownCase#a: no test is in a group \"misuse-hihg\"; did you mean"
                                + " \"misuse-high\"?",
                        "@DependsOn of " + HERE + "UnknownCase#b: there is no test \"rans\" in " + HERE
                                + "UnknownCase; did you mean \"runs\"?",
                        "@DependsOn of " + HERE + "UnknownCase#c: there is no class HighCas.",
                        "@DependsOn of " + HERE + "UnknownCase#d: there is no test \"run\" in " + HERE
                                + "HighCase; did you mean \"runs\"?",
                        "@DependsOn of " + HERE + "UnknownCase#e names nothing; name groups or tests.");
    }

    @TestGroup("misuse-empty")
    abstract static class EmptyCase {}

    @DependsOn(groups = "misuse-empty")
    static class OnEmptyCase extends Free {}

    @Test
    void aGroupWithoutTests() {
        assertThat(faults(Map.of(), OnEmptyCase.class))
                .containsExactly(
                        "@DependsOn of " + HERE + "OnEmptyCase: the group \"misuse-empty\" has no tests; remove"
                                + " the dependency, or @TestGroup where there are none.");
    }

    @TestGroup("misuse-self")
    static class SelfCase extends Free {
        @Test
        @DependsOn(tests = "a")
        void a() {}

        @Test
        @DependsOn(groups = "misuse-self")
        void b() {}

        @Test
        @DependsOn(tests = "SelfCase")
        void c() {}
    }

    @DependsOn(tests = "SelfTooCase#runs")
    static class SelfTooCase extends Free {}

    @Test
    void dependingOnItself() {
        assertThat(faults(Map.of(), SelfCase.class, SelfTooCase.class))
                .containsExactlyInAnyOrder(
                        "@DependsOn of " + HERE + "SelfCase#a makes it depend on itself: it is " + HERE + "SelfCase#a.",
                        "@DependsOn of " + HERE + "SelfCase#b makes it depend on itself: it is in " + HERE
                                + "SelfCase, which is in group \"misuse-self\".",
                        "@DependsOn of " + HERE + "SelfCase#c makes it depend on itself: it is in " + HERE
                                + "SelfCase.",
                        "@DependsOn of " + HERE + "SelfTooCase makes it depend on itself: " + HERE
                                + "SelfTooCase#runs is in it.");
    }

    @Test
    void whatWasNotSelectedIfAsked() {
        Launched run =
                Launched.of(Map.of("harness.order.missing", "fail"), List.of(selectMethod(CircleCase.class, "a")));

        assertThat(run.outcomes())
                .containsOnly(Map.entry(
                        "CircleCase#a",
                        "failed: @DependsOn of " + HERE + "CircleCase#a: " + HERE
                                + "CircleCase#c is not among the tests selected for this run"
                                + " (harness.order.missing=fail)."));
    }

    @Test
    void settingsThatAreNotPossible() {
        assertThatThrownBy(() -> Launched.of(Map.of("harness.order.missing", "maybe"), Free.class))
                .hasMessage("harness.order.missing must be note or fail, but was \"maybe\".");
        assertThatThrownBy(() -> Launched.of(Map.of("harness.order.patience", "long"), Free.class))
                .hasMessageStartingWith("harness.order.patience");
        Journal.take();
    }

    @Isolated
    static class AloneCase extends Free {}

    @DependsOn(tests = "AloneCase")
    static class OnAloneCase extends Free {}

    @Test
    void dependingOnWhatRunsLast() {
        assertThat(faults(Launched.parallel("fork_join_pool", 4), OnAloneCase.class, AloneCase.class))
                .containsExactly("Tests depend on each other in a circle: " + HERE + "OnAloneCase depends on " + HERE
                        + "AloneCase, " + HERE + "AloneCase runs after " + HERE
                        + "OnAloneCase; @Isolated tests run when all others have ended.");
        assertThat(Launched.of(Map.of(), OnAloneCase.class, AloneCase.class)
                        .outcomes()
                        .values())
                .containsExactly("passed", "passed");
        Journal.take();
    }

    static class LockedCase {
        @Test
        @ResourceLock("db")
        void one() {
            Journal.run("one", 0, false);
        }

        @Test
        @ResourceLock("db")
        @DependsOn(tests = "one")
        void two() {}
    }

    @Execution(ExecutionMode.SAME_THREAD)
    static class LockedInTurnCase extends LockedCase {}

    @Test
    void locksThatWouldKeepTheOneFromTheOther() {
        assertThat(faults(Launched.parallel("fork_join_pool", 4), LockedCase.class))
                .containsExactly(HERE + "LockedCase#two would wait for " + HERE
                        + "LockedCase#one with the @ResourceLock(\"db\") that both need; run them in the same thread"
                        + " (@Execution(SAME_THREAD) on their class or classes), or put the lock on what holds both.");
        assertThat(Launched.of(Launched.parallel("fork_join_pool", 4), LockedInTurnCase.class)
                        .outcomes()
                        .values())
                .containsExactly("passed", "passed");
        Journal.take();
    }

    static class PlainCase {
        @Test
        @DependsOn(tests = "b")
        void a() {}

        @Test
        void b() {}
    }

    @Test
    void anEngineThatIsRunWithoutTheLauncher() {
        List<String> messages = new ArrayList<>();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(PlainCase.class))
                .configurationParameters(new HashMap<>())
                .execute()
                .testEvents()
                .failed()
                .stream()
                .forEach(event -> messages.add(event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage()));

        assertThat(messages)
                .containsExactly("@DependsOn and TestContext need JUnit's Launcher with its registered listeners and"
                        + " filters, by which they see all tests of a run; here an engine was run without them, as"
                        + " EngineTestKit does.");
    }
}
