package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Failure;
import org.junit.jupiter.api.Test;

/** With {@code -Dgolden.write=true} the golden files are written instead of compared: read the difference before committing. */
class FailureReportTests {
    private static final Path GOLDEN = Path.of("src/test/resources/org/concurrentharness/report");

    @Test
    void tellsAnException() throws IOException {
        assertGolden("exception.txt", report(Stories.exception()));
    }

    @Test
    void tellsADeadlock() throws IOException {
        assertGolden("deadlock.txt", report(Stories.deadlock()));
    }

    @Test
    void tellsDataRaces() throws IOException {
        assertGolden("data-race.txt", report(Stories.dataRace()));
        assertGolden("data-race-whole.txt", FailureReport.full(Stories.dataRace()));
    }

    @Test
    void tellsTheHarmOnceWhenTheMessageHasIt() {
        FailureStory story = Stories.dataRace();

        assertThat(report(Stories.with(story, story.races(), story.message()))).doesNotContain("Harm: ");
        assertThat(report(story)).contains("\nHarm: With the race");
    }

    @Test
    void tellsTheRacesFoundOnTheWayToAnotherFailureInALineEach() {
        FailureStory race = Stories.dataRace();
        FailureStory story = Stories.with(Stories.deadlock(), race.races(), "");

        assertThat(report(story))
                .contains("\n\nOn the way 2 data races were found:\n"
                        + "Data race 1 of 2 on Counter.value: write by second at Counter.java:12, write by first at"
                        + " Counter.java:12\n"
                        + "Data race 2 of 2 on HashMap#1: HashMap.put by first at Registry.java:9, HashMap.get by second"
                        + " at Registry.java:14\n\n");
    }

    @Test
    void tellsALivelock() throws IOException {
        assertGolden("livelock.txt", report(Stories.livelock()));
    }

    @Test
    void tellsALeakedThread() throws IOException {
        assertGolden("leaked-thread.txt", report(Stories.leakedThread()));
    }

    @Test
    void tellsWhatCouldNotBeControlled() throws IOException {
        assertGolden("not-controlled.txt", report(Stories.notControlled()));
    }

    @Test
    void theUserGuideShowsRealReports() throws IOException {
        String guide = Files.readString(Path.of("../docs/reports.md")).replace("\r\n", "\n");

        assertThat(guide)
                .contains("```text\n" + report(Stories.dataRace()) + "```\n")
                .contains("```text\n" + report(Stories.deadlock()) + "```\n")
                .contains("```text\n" + report(Stories.exception()) + "```\n");
    }

    @Test
    void drawsInAsciiWhereTheConsoleCanShowNoMore() throws IOException {
        String text = FailureReport.text(Stories.exception(), Glyphs.ASCII, 60);

        assertGolden("exception-ascii.txt", text);
        assertThat(text).matches("\\p{ASCII}+");
    }

    @Test
    void tellsManyThreadsWithTheirNamesInFrontOfEachRow() throws IOException {
        Trace trace = new Trace("Pool.java", "main", "w1", "w2", "w3", "w4", "w5", "w6");
        for (int i = 0; i < 14; i++) {
            trace.step(i % 7, 10 + i, "AtomicInteger.incrementAndGet", "AtomicInteger#1", "" + (i + 1));
        }
        assertGolden("many-threads.txt", report(Stories.of(Failure.Kind.EXCEPTION, trace.preempted())));
    }

    @Test
    void tellsALongInterleavingByItsBeginningAndMoreOfItsEnd() throws IOException {
        FailureStory story = Stories.of(Failure.Kind.EXCEPTION, longTrace());

        assertGolden("long-trace.txt", report(story));
        assertThat(FailureReport.full(story).lines().filter(line -> line.contains("Long.java")))
                .hasSize(1_000);
    }

    @Test
    void tellsEveryStepWithoutCutsInTheWholeReport() throws IOException {
        Trace trace = new Trace("L.java", "main", "t");
        for (int i = 0; i < 3; i++) {
            trace.step(0, 5, "AtomicReference.get", "AtomicReference#1", "a long value ".repeat(20) + "ends");
        }
        trace.step(1, 6, "AtomicReference.get", "AtomicReference#2", "b");

        assertGolden("whole.txt", FailureReport.full(Stories.of(Failure.Kind.EXCEPTION, trace)));
    }

    @Test
    void keepsToSixtyLinesWithManyRaces() {
        List<DataRace> races = IntStream.range(0, 40)
                .mapToObj(i -> Stories.dataRace().races().get(0))
                .toList();
        FailureStory race = Stories.with(Stories.dataRace(), races, "harm\n".repeat(20));
        FailureStory other = Stories.with(Stories.exception(), races, "harm\n".repeat(20));

        assertThat(report(race).lines())
                .hasSizeLessThanOrEqualTo(60)
                .contains("… 36 data races more (the report file)");
        assertThat(report(other).lines()).hasSizeLessThanOrEqualTo(60);
        assertThat(FailureReport.full(race).lines().filter(line -> line.contains("nothing orders these")))
                .hasSize(40);
    }

    @Test
    void keepsToSixtyLinesWhateverThereIsToTell() {
        IllegalStateException deep = new IllegalStateException("first", new IllegalStateException("second"));
        FailureStory story = new FailureStory(
                "T",
                Failure.Kind.DEADLOCK,
                "line\n".repeat(50),
                many("detail "),
                longTrace().steps,
                longTrace().names,
                Optional.of(deep),
                1,
                1,
                1,
                3,
                Stories.TOKEN,
                "fibers",
                many("note "),
                List.of(),
                "");

        assertThat(report(story).lines()).hasSize(60).contains("… 15 lines more (the report file)");
        assertThat(report(story).lines().filter(line -> line.contains("Long.java")))
                .hasSizeGreaterThan(15);
        assertThat(FailureReport.full(story).lines()).hasSizeGreaterThan(600);
    }

    @Test
    void wrapsWhatIsTooWideForItsColumn() throws IOException {
        Trace trace = new Trace("AnUnusuallyLongNameOfASourceFileOfTheApplication.java", "a", "b", "c", "d");
        for (int i = 0; i < 8; i++) {
            trace.step(
                    i % 4,
                    1_000 + i,
                    "ConcurrentHashMap.computeIfAbsent",
                    "ConcurrentHashMap#1",
                    "a value\nof several lines that says a lot more than anybody would want to read " + i);
        }
        String text = report(Stories.of(Failure.Kind.EXCEPTION, trace));

        assertGolden("wide.txt", text);
        assertThat(text.lines()).allMatch(line -> line.length() <= 140);
    }

    @Test
    void foldsALoopOfOneRow() {
        Trace trace = new Trace("L.java", "main", "t");
        trace.step(1, 1, "AtomicInteger.set", "AtomicInteger#1", "0");
        for (int i = 0; i < 30; i++) {
            trace.step(0, 5, "AtomicInteger.get", "AtomicInteger#1", "0");
        }
        assertThat(report(Stories.of(Failure.Kind.EXCEPTION, trace)))
                .contains("  2    L.java:5  AtomicInteger#1.get → 0 ×30 │\n");
    }

    @Test
    void foldsALoopWhoseValuesDifferOnlyWhenItIsLong() {
        for (int rounds : new int[] {3, 4}) {
            Trace trace = new Trace("L.java", "main", "t");
            trace.step(1, 1, "AtomicInteger.set", "AtomicInteger#1", "0");
            for (int i = 0; i < rounds; i++) {
                trace.step(0, 5, "AtomicInteger.incrementAndGet", "AtomicInteger#1", "" + (i + 1));
            }
            String text = report(Stories.of(Failure.Kind.EXCEPTION, trace));
            if (rounds == 3) {
                assertThat(text).contains("→ 1 ", "→ 2 ", "→ 3 ").doesNotContain("×");
            } else {
                assertThat(text)
                        .contains("AtomicInteger#1.incrementAndGet → 1 … 4 ×4")
                        .doesNotContain("→ 2 ");
            }
        }
    }

    @Test
    void neverFoldsAPreemptiveSwitchIntoALoopOrIntoWhatIsNotShared() {
        Trace trace = new Trace("L.java", "main", "t");
        trace.step(0, 5, "AtomicInteger.get", "AtomicInteger#1", "0");
        trace.step(0, 5, "AtomicInteger.get", "AtomicInteger#1", "0");
        trace.step(0, 5, "AtomicInteger.get", "AtomicInteger#1", "0").preempted();
        trace.step(1, 6, "AtomicInteger.get", "AtomicInteger#2", "0");
        assertThat(report(Stories.of(Failure.Kind.EXCEPTION, trace))).contains("  3 >  L.java:5");
    }

    @Test
    void tellsThreadsOfOneNameApart() {
        Trace trace = new Trace("L.java", "worker", "worker", "");
        for (int i = 0; i < 4; i++) {
            trace.step(i, 5, "AtomicInteger.get", "AtomicInteger#1", "0");
        }
        assertThat(report(Stories.of(Failure.Kind.EXCEPTION, trace)))
                .containsPattern("#    worker +│ worker \\(1\\) +│ thread 2 +│ unnamed-3\n");
    }

    @Test
    void survivesAnExceptionWhoseTextFailsAndOneThatCausesItself() {
        RuntimeException first = new RuntimeException("first") {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no text");
            }
        };
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(StackTraceText.lines(second, Glyphs.UNICODE, 12))
                .contains("java.lang.RuntimeException: second")
                .contains("Caused by: " + first.getClass().getName())
                .contains("Caused by: [see above: java.lang.RuntimeException: second]");
    }

    @Test
    void hidesTheFramesOfTheHarnessButNotThoseOfItsUsers() {
        assertThat(List.of(
                        "org.concurrentharness.explore.Explorer",
                        "org.concurrentharness.explore.Scheduler$1",
                        "org.concurrentharness.probe.Probe",
                        "org.concurrentharness.agent.Rewriter",
                        "org.concurrentharness.junit5.Anything",
                        "jdk.internal.vm.Continuation",
                        "java.lang.invoke.LambdaForm$MH",
                        "java.lang.reflect.Method"))
                .allMatch(StackTraceText::isHidden);
        assertThat(List.of(
                        "org.concurrentharness.samples.Bank",
                        "org.concurrentharness.explored.Bank",
                        "org.concurrentharness.explore.ReplayTokenTests",
                        FailureReportTests.class.getName() + "$1",
                        "java.lang.Thread",
                        "java.util.concurrent.FutureTask"))
                .noneMatch(StackTraceText::isHidden);
    }

    @Test
    void drawsInUnicodeWhereTheCharsetCanEncodeIt() {
        assertThat(Glyphs.of("UTF-8")).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of("US-ASCII")).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of("ISO-8859-1")).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of("no such charset")).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of(null)).isEqualTo(Glyphs.ASCII);
    }

    private static Trace longTrace() {
        Trace trace = new Trace("Long.java", "main", "other");
        for (int i = 0; i < 500; i++) {
            trace.step(i / 3 % 2, 10 + i, "AtomicLong.addAndGet", "AtomicLong#1", "" + i * i);
        }
        return trace;
    }

    private static List<String> many(String what) {
        return IntStream.rangeClosed(1, 22).mapToObj(i -> what + i).toList();
    }

    private static String report(FailureStory story) {
        return FailureReport.text(story, Glyphs.UNICODE, 60);
    }

    static void assertGolden(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(text).isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    }
}
