package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class MisuseTests {
    private static final String HERE = "org.concurrentharness.junit5.MisuseTests$";

    private static EngineExecutionResults run(DiscoverySelector... selectors) {
        return EngineTestKit.engine(MisuseEngine.ID).selectors(selectors).execute();
    }

    private static List<String> messages(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .sorted()
                .toList();
    }

    @Nested
    class IgnoredByJupiter {
        @Test
        void failsForEachMethodThatIsNoTest() {
            EngineExecutionResults results = run(selectClass(NoTests.class));

            assertThat(messages(results))
                    .containsExactly(
                            "@ConcurrentTest method " + HERE
                                    + "NoTests#ofClass must not be static: it would never run.",
                            "@ConcurrentTest method " + HERE
                                    + "NoTests#privately must not be private: it would never run.",
                            "@ConcurrentTest method " + HERE
                                    + "NoTests#withResult must return void and not int: it would never run.");
            assertThat(results.testEvents().started().count()).isEqualTo(3);
        }

        @Test
        void standsUnderAContainerSoThatSurefireSeesIt() {
            List<Event> started = run(selectClass(NoTests.class)).allEvents().started().stream()
                    .toList();

            TestDescriptor container = started.get(1).getTestDescriptor();
            assertThat(container.getType()).isEqualTo(TestDescriptor.Type.CONTAINER);
            assertThat(container.getSource()).contains(ClassSource.from(NoTests.class));
            TestDescriptor test = started.get(2).getTestDescriptor();
            assertThat(test.getType()).isEqualTo(TestDescriptor.Type.TEST);
            assertThat(test.getParent()).contains(container);
            MethodSource source = (MethodSource) test.getSource().orElseThrow();
            assertThat(source.getClassName()).isEqualTo(NoTests.class.getName());
            assertThat(source.getMethodName()).isIn("privately", "ofClass", "withResult");
        }

        @Test
        void findsInheritedAndAbstractMethods() {
            assertThat(messages(run(selectClass(Inherits.class))))
                    .containsExactly(
                            "@ConcurrentTest method " + HERE
                                    + "Inherits#inherited must not be private: it would never run.",
                            "@ConcurrentTest method " + HERE
                                    + "Inherits#notAnnotatedBelow must not be abstract: it would never run.");
            assertThat(messages(run(selectClass(Base.class)))).isEmpty();
        }

        @Test
        void findsActorsThatNoTestRuns() {
            assertThat(messages(run(selectClass(OnlyActors.class))))
                    .containsExactly("@Actor method " + HERE
                            + "OnlyActors#act never runs: its class has no @ConcurrentTest method, beside which actors run;"
                            + " add one, be it empty.");
        }

        @Test
        void findsClassesThatAreNoTestClasses() {
            assertThat(messages(run(selectClass(Private.class))))
                    .containsExactly("@ConcurrentTest method " + HERE
                            + "Private#test would never run: its class must not be private.");
            assertThat(messages(run(selectClass(WithInner.class))))
                    .containsExactly(
                            "@ConcurrentTest method " + HERE
                                    + "WithInner$Forgotten#test would never run: its class is an inner class, which must be"
                                    + " annotated with @Nested or be static.",
                            "@ConcurrentTest method " + HERE
                                    + "WithInner$PrivatelyNested#test would never run: its class must not be private.");
            assertThat(TestRun.of(Private.class).results().testEvents().count()).isZero();
            assertThat(TestRun.of(WithInner.class)
                            .results()
                            .testEvents()
                            .started()
                            .count())
                    .isEqualTo(1);
        }

        @Test
        void contributesNothingWhereAllIsWell() {
            EngineExecutionResults results = run(selectClass(AllWell.class));

            assertThat(results.containerEvents().started().count()).isEqualTo(1);
            assertThat(results.testEvents().count()).isZero();
        }

        @Test
        void findsNestedClasses() {
            assertThat(messages(run(selectClass(Outer.class))))
                    .containsExactly("@ConcurrentTest method " + HERE
                            + "Outer$Inner#privately must not be private: it would never run.");
            assertThat(messages(run(selectNestedClass(List.of(Outer.class), Outer.Inner.class))))
                    .hasSize(1);
            assertThat(messages(EngineTestKit.engine(MisuseEngine.ID)
                            .selectors(selectClass(Outer.class))
                            .filters((Filter<?>) ClassNameFilter.excludeClassNamePatterns(".*\\$Inner"))
                            .execute()))
                    .as("a build leaves names of nested classes out")
                    .hasSize(1);
        }

        @Test
        void takesOnlyTheSelectedMethod() {
            assertThat(messages(run(selectMethod(NoTests.class, "privately")))).hasSize(1);
            assertThat(messages(run(selectMethod(NoTests.class, "well")))).isEmpty();
        }

        @Test
        void takesItsOwnUniqueIds() {
            String id = "[engine:harness-misuse]/[class:" + NoTests.class.getName() + "]";
            assertThat(messages(run(selectUniqueId(id)))).hasSize(3);
            assertThat(messages(run(selectUniqueId(id + "/[method:privately()]"))))
                    .hasSize(1);
            assertThat(messages(run(selectUniqueId("[engine:junit-jupiter]/[class:" + NoTests.class.getName() + "]"))))
                    .isEmpty();
        }

        @Test
        void failsForLinearizabilityTestsToo() {
            assertThat(messages(run(selectClass(PrivateLinearizabilityTest.class))))
                    .containsExactly("@LinearizabilityTest method " + HERE
                            + "PrivateLinearizabilityTest#isLinearizable must not be private: it would never run.");
        }

        @Test
        void scansPackagesAndObeysClassNameFilters() {
            assertThat(messages(run(selectPackage("org.concurrentharness.junit5"))))
                    .contains("@ConcurrentTest method " + HERE
                            + "NoTests#privately must not be private: it would never run.");
            assertThat(messages(EngineTestKit.engine(MisuseEngine.ID)
                            .selectors(selectPackage("org.concurrentharness.junit5"))
                            .filters((Filter<?>) ClassNameFilter.excludeClassNamePatterns(".*MisuseTests.*"))
                            .execute()))
                    .isEmpty();
        }
    }

    @Nested
    class RunByJupiter {
        @Test
        void refusesOtherTestAnnotations() {
            assertThat(TestRun.of(AlsoTest.class).failure())
                    .hasMessage("@ConcurrentTest method " + HERE
                            + "AlsoTest#test is annotated with @Test as well; remove one of the two.");
            assertThat(TestRun.of(AlsoRepeated.class).failures())
                    .hasSize(3)
                    .extracting(Throwable::getMessage)
                    .containsOnly("@ConcurrentTest method " + HERE
                            + "AlsoRepeated#test is annotated with @RepeatedTest as well; remove one of the two.");
            assertThat(TestRun.of(AlsoParameterized.class).failures())
                    .extracting(Throwable::getMessage)
                    .contains(
                            "@ConcurrentTest method " + HERE
                                    + "AlsoParameterized#test is annotated with @ParameterizedTest as well; remove one of the two.");
        }

        @Test
        void refusesActorsThatCannotRun() {
            assertThat(TestRun.of(PrivateActor.class).failure())
                    .hasMessage("@Actor method " + HERE + "PrivateActor#act must not be private.");
            assertThat(TestRun.of(StaticActor.class).failure())
                    .hasMessage("@Actor method " + HERE + "StaticActor#act must not be static.");
            assertThat(TestRun.of(ActorWithResult.class).failure())
                    .hasMessage("@Actor method " + HERE + "ActorWithResult#act must return void and not String.");
            assertThat(TestRun.of(ActorWithoutThreads.class).failure())
                    .hasMessage("@Actor method " + HERE
                            + "ActorWithoutThreads#act: threads must be at least 1, but was 0.");
            assertThat(TestRun.of(ActorAndTest.class).failure())
                    .hasMessage("@Actor method " + HERE + "ActorAndTest#act is annotated as a test as well;"
                            + " a test method runs after the actors, so make them two methods.");
        }

        @Test
        void refusesParametersThatCannotBeResolved() {
            assertThat(TestRun.of(ActorWithParameter.class).failure())
                    .hasMessage(
                            "Parameter 2 (List) of " + HERE + "ActorWithParameter#act cannot be resolved in a campaign,"
                                    + " which gives only TestInfo and @ThreadIndex int here.");
            assertThat(TestRun.of(LongThreadIndex.class).failure())
                    .hasMessage("Parameter 1 (long) of " + HERE
                            + "LongThreadIndex#act is a @ThreadIndex, which must be an int.");
        }

        @Test
        void refusesImpossibleOptions() {
            assertThat(TestRun.of(Options.class, "harness.executions", "").failures())
                    .extracting(Throwable::getMessage)
                    .containsExactlyInAnyOrder(
                            "@ConcurrentTest on " + HERE
                                    + "Options#negativeExecutions: executions must be at least 1, but was -1.",
                            "@ConcurrentTest on " + HERE
                                    + "Options#impossibleBudget: budget is \"-5s\"; it must be a positive duration such as"
                                    + " \"500ms\", \"10s\" or \"2m\".");
        }

        @Test
        void refusesImpossibleParametersOfTheRun() {
            assertThat(TestRun.of(AllWell.class, "harness.strategy", "luck").failure())
                    .hasMessage(
                            "harness.strategy is \"luck\"; it must be one of AUTO, RANDOM, PCT, POS, SURW, EXHAUSTIVE.");
        }
    }

    static class PrivateLinearizabilityTest {
        @LinearizabilityTest
        private void isLinearizable() {}
    }

    static class NoTests {
        @ConcurrentTest
        @SuppressWarnings("unused")
        private void privately() {}

        @ConcurrentTest
        static void ofClass() {}

        @ConcurrentTest
        int withResult() {
            return 1;
        }

        @ConcurrentTest
        void well() {}
    }

    abstract static class Base {
        @ConcurrentTest
        @SuppressWarnings("unused")
        private void inherited() {}

        @ConcurrentTest
        abstract void annotatedBelow();

        @ConcurrentTest
        abstract void notAnnotatedBelow();
    }

    static class Inherits extends Base {
        @Override
        @ConcurrentTest
        void annotatedBelow() {}

        @Override
        void notAnnotatedBelow() {}
    }

    private static class Private {
        @ConcurrentTest
        void test() {}
    }

    static class WithInner {
        @ConcurrentTest
        void test() {}

        class Forgotten {
            @ConcurrentTest
            void test() {}
        }

        @Nested
        private class PrivatelyNested {
            @ConcurrentTest
            void test() {}
        }
    }

    static class OnlyActors {
        @Actor
        void act() {}
    }

    static class AllWell {
        @Actor
        void act() {}

        @ConcurrentTest
        void test() {}
    }

    static class Outer {
        @Nested
        class Inner {
            @ConcurrentTest
            @SuppressWarnings("unused")
            private void privately() {}
        }
    }

    static class AlsoTest {
        @Test
        @ConcurrentTest
        void test() {}
    }

    static class AlsoRepeated {
        @RepeatedTest(2)
        @ConcurrentTest
        void test() {}
    }

    static class AlsoParameterized {
        @ParameterizedTest
        @ValueSource(ints = 1)
        @ConcurrentTest
        void test(int number) {}
    }

    static class PrivateActor {
        @Actor
        @SuppressWarnings("unused")
        private void act() {}

        @ConcurrentTest
        void test() {}
    }

    static class StaticActor {
        @Actor
        static void act() {}

        @ConcurrentTest
        void test() {}
    }

    static class ActorWithResult {
        @Actor
        String act() {
            return "";
        }

        @ConcurrentTest
        void test() {}
    }

    static class ActorWithoutThreads {
        @Actor(threads = 0)
        void act() {}

        @ConcurrentTest
        void test() {}
    }

    static class ActorAndTest {
        @Actor
        @Test
        void act() {}

        @ConcurrentTest
        void test() {}
    }

    static class ActorWithParameter {
        @Actor
        void act(@ThreadIndex int index, List<String> list) {}

        @ConcurrentTest
        void test() {}
    }

    static class LongThreadIndex {
        @Actor
        void act(@ThreadIndex long index) {}

        @ConcurrentTest
        void test() {}
    }

    static class Options {
        @ConcurrentTest(executions = -1)
        void negativeExecutions() {}

        @ConcurrentTest(budget = "-5s")
        void impossibleBudget() {}
    }
}
