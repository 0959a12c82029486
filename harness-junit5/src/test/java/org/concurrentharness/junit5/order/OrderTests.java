package org.concurrentharness.junit5.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.TestGroup;
import org.concurrentharness.order.IfFailed;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests that depend on others: when they run, and whether. */
class OrderTests {
    static Stream<Map<String, String>> executors() {
        return Stream.concat(
                Stream.of(Launched.sequential()),
                Launched.executors().stream()
                        .flatMap(executor -> Stream.of(1, 2, 4).map(threads -> Launched.parallel(executor, threads))));
    }

    static class MethodsCase {
        @Test
        @DependsOn(tests = "b")
        void a() {}

        @Test
        @DependsOn(tests = "c")
        void b() {}

        @Test
        void c() {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void startWhenWhatTheyDependOnHasFinished(Map<String, String> executor) {
        Launched run = Launched.of(executor, MethodsCase.class);

        assertThat(run.outcomes().values()).containsExactly("passed", "passed", "passed");
        assertThat(run.before("MethodsCase#c", "MethodsCase#b")).isTrue();
        assertThat(run.before("MethodsCase#b", "MethodsCase#a")).isTrue();
    }

    @DependsOn(groups = "data")
    static class QueryCase {
        @Test
        void finds() {}
    }

    @TestGroup(value = "schema", in = "data")
    static class SchemaCase {
        @Test
        void migrates() {}

        @AfterAll
        static void end() {}
    }

    static class RowsCase {
        @Test
        @TestGroup("data")
        @DependsOn(groups = "schema")
        void inserts() {}

        @Test
        void other() {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void dependOnGroupsAndOnThoseWithinThem(Map<String, String> executor) {
        Launched run = Launched.of(executor, QueryCase.class, RowsCase.class, SchemaCase.class);

        assertThat(run.outcomes().values()).containsOnly("passed");
        assertThat(run.before("SchemaCase", "RowsCase#inserts")).isTrue();
        assertThat(run.before("RowsCase#inserts", "QueryCase")).isTrue();
    }

    static class FailingCase {
        @Test
        void breaks() {
            fail("broken on purpose");
        }

        @Test
        @DependsOn(tests = "breaks")
        void follows() {}

        @Test
        @DependsOn(tests = "follows")
        void last() {}

        @Test
        @DependsOn(tests = "breaks", ifFailed = IfFailed.RUN)
        void cleansUp() {}

        @Test
        @Disabled("not today")
        void off() {}

        @Test
        @DependsOn(tests = "off")
        void afterOff() {}

        @Test
        void free() {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void areAbortedWithTheReason(Map<String, String> executor) {
        Launched run = Launched.of(executor, FailingCase.class);

        String here = FailingCase.class.getName();
        assertThat(run.outcomes())
                .containsEntry("FailingCase#follows", "aborted: Not run, because " + here + "#breaks failed.")
                .containsEntry(
                        "FailingCase#last",
                        "aborted: Not run, because " + here + "#follows was aborted (because " + here
                                + "#breaks failed.).")
                .containsEntry("FailingCase#cleansUp", "passed")
                .containsEntry("FailingCase#free", "passed")
                .containsEntry(
                        "FailingCase#afterOff", "aborted: Not run, because " + here + "#off is disabled (not today).");
    }

    @DependsOn(tests = "FailingCase#breaks")
    static class RefusedCase {
        @BeforeAll
        static void begin() {
            throw new IllegalStateException("must not run");
        }

        @Test
        void one() {}

        @Nested
        class Inner {
            @Test
            void two() {}
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void ofAClassAreAbortedOneByOne(Map<String, String> executor) {
        Launched run = Launched.of(executor, RefusedCase.class, FailingCase.class);

        String reason = "aborted: Not run, because " + FailingCase.class.getName() + "#breaks failed.";
        assertThat(run.outcomes()).containsEntry("RefusedCase#one", reason).containsEntry("Inner#two", reason);
    }

    static class ManyCase {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void each(int number) {
            assertThat(number).isNotEqualTo(2);
        }

        @RepeatedTest(3)
        void again() {}

        @TestFactory
        Stream<DynamicTest> made() {
            return Stream.of("a", "b").map(name -> DynamicTest.dynamicTest(name, () -> {}));
        }

        @Test
        @DependsOn(tests = "each")
        void afterEach() {}

        @Test
        @DependsOn(tests = {"again", "made"})
        void afterAll() {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void takeAllInvocationsForOne(Map<String, String> executor) {
        Launched run = Launched.of(executor, ManyCase.class);

        assertThat(run.outcomes().get("ManyCase#afterEach"))
                .startsWith("aborted: Not run, because " + ManyCase.class.getName() + "#each failed (")
                .contains("2");
        assertThat(run.outcomes()).containsEntry("ManyCase#afterAll", "passed");
        assertThat(run.before("ManyCase#again", "ManyCase#afterAll")).isTrue();
        assertThat(run.before("ManyCase#made", "ManyCase#afterAll")).isTrue();
    }

    static class OneCase {
        @Test
        void first() {}

        @Test
        @DependsOn(tests = "TwoCase#first")
        void second() {}
    }

    static class TwoCase {
        @Test
        @DependsOn(tests = "OneCase#first")
        void first() {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void ofTwoClassesTakeTurnsWhereTheyCan(Map<String, String> executor) {
        Launched run = Launched.of(executor, OneCase.class, TwoCase.class);

        if (executor.isEmpty()) {
            assertThat(run.outcomes())
                    .containsOnly(Map.entry(
                            "OneCase#order",
                            "failed: " + OneCase.class.getName() + " and " + TwoCase.class.getName()
                                    + " run one after the other, but " + OneCase.class.getName()
                                    + "#second depends on " + TwoCase.class.getName() + "#first, and "
                                    + TwoCase.class.getName() + "#first depends on " + OneCase.class.getName()
                                    + "#first; run them in parallel, or move the tests so that one class can come"
                                    + " first."));
        } else {
            assertThat(run.outcomes().values()).containsOnly("passed");
            assertThat(run.before("OneCase#first", "TwoCase#first")).isTrue();
            assertThat(run.before("TwoCase#first", "OneCase#second")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void takeWhatWasNotSelectedForPassed(Map<String, String> executor) {
        Launched run = Launched.of(executor, List.of(selectMethod(MethodsCase.class, "a")));

        assertThat(run.outcomes()).containsOnly(Map.entry("MethodsCase#a", "passed"));
        assertThat(run.entries())
                .containsExactly("MethodsCase#a {harness.order=not among the selected tests, and taken as passed: "
                        + MethodsCase.class.getName() + "#b}");
    }

    static class HandsOnCase {
        @Test
        void creates(TestContext context) {
            context.put("user", 42);
        }

        @Test
        @DependsOn(tests = "creates")
        void reads(TestContext context) {
            assertThat(context.get("user", Integer.class)).isEqualTo(42);
        }

        @Test
        void peeks(TestContext context) {
            context.get("user", Integer.class);
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void handOnValuesAlongDependenciesOnly(Map<String, String> executor) {
        Launched run = Launched.of(executor, HandsOnCase.class);

        assertThat(run.outcomes())
                .containsEntry("HandsOnCase#creates", "passed")
                .containsEntry("HandsOnCase#reads", "passed");
        assertThat(run.outcomes().get("HandsOnCase#peeks"))
                .startsWith("failed: " + HandsOnCase.class.getName() + "#peeks reads \"user\", which ");
        assertThat(System.getProperty("junit.jupiter.extensions.autodetection.enabled"))
                .isNull();
    }

    @Test
    void leavePicturesOfARun(@TempDir Path directory) throws IOException {
        Launched run = Launched.of(
                Map.of("harness.order.pictures", "true", "harness.report.dir", directory.toString()),
                FailingCase.class);

        assertThat(run.outcomes()).containsEntry("FailingCase#free", "passed");
        try (Stream<Path> files = Files.list(directory.resolve("order"))) {
            assertThat(files.map(file -> file.toString().replaceFirst(".*-", "").replaceFirst("^[0-9]+", "")))
                    .containsExactlyInAnyOrder(".html", ".json", "graph.mmd", "timeline.mmd");
        }
    }

    static class WithinCase {
        @Test
        void runsOthers() {
            long failed = EngineTestKit.engine("junit-jupiter")
                    .selectors(DiscoverySelectors.selectClass(MethodsCase.class))
                    .execute()
                    .testEvents()
                    .failed()
                    .count();
            assertThat(failed).isEqualTo(2); // those that depend on something, since no launcher runs them
            assertThat(Launched.of(Map.of(), MethodsCase.class).outcomes().values())
                    .containsExactly("passed", "passed", "passed");
        }

        @Test
        @DependsOn(tests = "runsOthers")
        void follows() {}
    }

    @ParameterizedTest
    @MethodSource("executors")
    void areToldFromThoseThatATestRuns(Map<String, String> executor) {
        assertThat(Launched.of(executor, WithinCase.class).outcomes().values()).containsExactly("passed", "passed");
    }

    @Suite
    @SelectClasses({QueryCase.class, RowsCase.class, SchemaCase.class})
    static class SuiteCase {}

    @Test
    void ofSuitesAreOrderedToo() {
        Launched run = Launched.of(Map.of(), SuiteCase.class);

        assertThat(run.outcomes().values()).hasSize(4).containsOnly("passed");
        assertThat(run.before("SchemaCase", "RowsCase#inserts")).isTrue();
        assertThat(run.before("RowsCase#inserts", "QueryCase")).isTrue();
    }
}
