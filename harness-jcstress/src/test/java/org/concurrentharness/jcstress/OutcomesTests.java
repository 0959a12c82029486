package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.concurrentharness.jcstress.subjects.Counted;
import org.concurrentharness.jcstress.subjects.Crashing;
import org.concurrentharness.jcstress.subjects.Hanging;
import org.concurrentharness.jcstress.subjects.Hungry;
import org.concurrentharness.jcstress.subjects.LostUpdate;
import org.concurrentharness.jcstress.subjects.Nest;
import org.concurrentharness.jcstress.subjects.Throwing;
import org.concurrentharness.jcstress.subjects.Unmatched;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what jcstress has seen; all in one fork, as the engine does it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomesTests {
    private EngineRun run;

    @BeforeAll
    void runAll(@TempDir Path reports) {
        run = EngineRun.of(
                reports,
                List.of(
                        LostUpdate.class,
                        Counted.class,
                        Unmatched.class,
                        Throwing.class,
                        Crashing.class,
                        Hungry.class,
                        Hanging.class,
                        Nest.class),
                StressOptions.ARGS,
                EngineRun.QUICKLY,
                StressOptions.TIMEOUT,
                "20s");
    }

    @Test
    void aForbiddenOutcomeFailsWithTheHistogram() {
        assertThat(run.messageOf(LostUpdate.class))
                .matches("(?s)Forbidden outcome of " + LostUpdate.class.getName()
                        + ": \"1\" \\(one lost\\), in [\\d,]+ of [\\d,]+ samples\\R"
                        + "\\R  state +count +share  expectation  description\\R"
                        + "  1 +[\\d,]+ +\\S+%  FORBIDDEN    one lost\\R"
                        + "  2 +[\\d,]+ +\\S+%  ACCEPTABLE   both counted\\R"
                        + "\\RSeen by JVMs with these options:\\R"
                        + "(  .*-XX:TieredStopAtLevel=1  \\([\\d,]+ of [\\d,]+\\)\\R)+" // two on 17, with and without
                        // biased locks
                        + "\\Rjcstress's own report: .*LostUpdate\\.html");
    }

    @Test
    void acceptableOutcomesPassAndInterestingOnesAreTold() {
        assertThat(run.messageOf(Counted.class)).isEmpty();
        assertThat(run.publishedBy(Counted.class))
                .hasEntrySatisfying(
                        "harness.jcstress.samples",
                        samples -> assertThat(Long.parseLong(samples)).isPositive())
                .hasEntrySatisfying(
                        "harness.jcstress.outcomes",
                        outcomes -> assertThat(outcomes)
                                .containsPattern("  1, 2 +[\\d,]+ +\\S+%  ACCEPTABLE +the first was first")
                                .containsPattern("  2, 1 +[\\d,]+ +\\S+%  INTERESTING +the second was first"))
                .hasEntrySatisfying(
                        "harness.jcstress.interesting",
                        interesting ->
                                assertThat(interesting).matches("\"2, 1\" \\(the second was first\\), [\\d,]+ times"))
                .hasEntrySatisfying(
                        "harness.jcstress.report",
                        report -> assertThat(Path.of(report)).content().contains(Counted.class.getName()));
    }

    @Test
    void jcstresssOwnPageIsAttachedWhetherATestFailsOrPasses() {
        for (Class<?> type : List.of(LostUpdate.class, Counted.class)) {
            assertThat(run.attachedTo(type)).singleElement().satisfies(file -> {
                assertThat(file.getMediaType()).contains("text/html");
                assertThat(file.getPath().getFileName()).hasToString("jcstress.html");
                assertThat(file.getPath()).content().contains(type.getName());
            });
        }
    }

    @Test
    void anOutcomeThatNothingIsSaidOfFails() {
        assertThat(run.messageOf(Unmatched.class))
                .startsWith(
                        "Forbidden outcome of " + Unmatched.class.getName() + ": \"1\" (no @Outcome matches it), in ")
                .containsPattern("  2 +0 +0.00%  ACCEPTABLE +never seen");
    }

    @Test
    void anExceptionFailsWithItsStack() {
        assertThat(run.messageOf(Throwing.class))
                .containsPattern("\\Ajcstress could not run " + Throwing.class.getName()
                        + " in (1 of 1|2 of 2) JVMs, such as one with .*-XX:TieredStopAtLevel=1")
                .contains(
                        "The test failed when its methods were called once, before the stress:",
                        "java.lang.IllegalStateException: thrown on purpose",
                        "at " + Throwing.class.getName() + ".first(Throwing.java:");
    }

    @Test
    void aCrashFailsWithTheOutput() {
        assertThat(run.messageOf(Crashing.class))
                .contains("The JVM did not end as it should:", "Failed with error code 17", "ended on purpose");
    }

    @Test
    void aHeapThatIsFullFails() {
        assertThat(run.messageOf(Hungry.class)).contains("jcstress could not run", "OutOfMemoryError");
    }

    @Test
    void aHangIsEndedAndFailsWithTheStack() {
        assertThat(run.messageOf(Hanging.class))
                .contains(
                        "The JVM did not end as it should:",
                        "It was ended since it did not end. These threads were in the test:",
                        "at " + Hanging.class.getName() + ".waitsForEver(Hanging.java:")
                .doesNotContain("Reference Handler");
    }

    @Test
    void aNestedTestOfTerminationPasses() {
        assertThat(run.messageOf(Nest.Ending.class)).isEmpty();
        assertThat(run.publishedBy(Nest.Ending.class))
                .hasEntrySatisfying(
                        "harness.jcstress.outcomes",
                        outcomes -> assertThat(outcomes).containsPattern("  TERMINATED +[1-9]\\d* +100.00%"))
                .doesNotContainKey("harness.jcstress.doubt");
    }

    @Test
    void aDisabledTestIsSkipped() {
        run.results()
                .containerEvents()
                .assertThatEvents()
                .filteredOn(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains("$Deep"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getRequiredPayload(String.class)).isEqualTo("on purpose"));
    }
}
