package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temp;

    /** A JVM of a run: writes about as many campaigns as it is told, and ends in the way that it is told. */
    public static final class OneJvm {
        private OneJvm() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                CampaignReport.write(arguments[1] + "#" + i, Stories.nothing(Verdict.SURVIVED), arguments[0]);
            }
            if (arguments[3].equals("killed")) {
                Runtime.getRuntime().halt(9); // no shutdown hooks, as when somebody kills it
            }
        }
    }

    @Test
    void countsWhatItHasAndTellsTheWorstFirst() throws IOException {
        RunSummary summary = new RunSummary(temp);
        add(summary, "passes", Stories.nothing(Verdict.PROVED));
        add(summary, "means.little", Stories.nothing(Verdict.INCONCLUSIVE));
        add(summary, "fails", Stories.exploration(Stories.dataRace()));
        summary.refresh();

        assertThat(tests("campaigns")).containsExactly("fails", "means.little", "passes");
        assertThat(summary().at("/totals").toString())
                .isEqualTo(
                        "{\"campaigns\":3,\"proved\":1,\"survived\":0,\"failed\":1,\"inconclusive\":1,\"executions\":2001,"
                                + "\"races\":2,\"elapsedMillis\":2858}");
        assertThat(Files.readString(temp.resolve("index.html"))).contains("means.little");
    }

    @Test
    void keepsTheLastTryOfATestAndAFailureBeforeIt() throws IOException {
        RunSummary summary = new RunSummary(temp);
        add(summary, "flaky", Stories.exploration(Stories.deadlock()));
        add(summary, "flaky", Stories.exploration(Stories.dataRace()));
        add(summary, "flaky", Stories.nothing(Verdict.SURVIVED));
        add(summary, "flaky", Stories.nothing(Verdict.PROVED));
        summary.refresh();

        JsonNode rows = summary().get("campaigns");
        assertThat(rows).hasSize(2);
        assertThat(rows.at("/0/kind").asText()).isEqualTo("DATA_RACE");
        assertThat(rows.at("/1/verdict").asText()).isEqualTo("PROVED");
    }

    @Test
    void losesNoRowOfSeveralJvmsAtATime() throws Exception {
        List<Process> jvms = new ArrayList<>();
        for (String name : List.of("A", "B", "C")) {
            jvms.add(jvm(List.of("-Dharness.run=together"), name, 25, "ends"));
        }
        for (Process jvm : jvms) {
            assertThat(ended(jvm)).isZero();
        }
        assertThat(tests("campaigns"))
                .containsExactlyInAnyOrderElementsOf(Stream.of("A", "B", "C")
                        .flatMap(name -> IntStream.range(0, 25).mapToObj(i -> name + "#" + i))
                        .toList());
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Test
    void losesNoRowOfAJvmThatIsKilled() throws Exception {
        assertThat(ended(jvm(List.of("-Dharness.run=r"), "Killed", 40, "killed")))
                .isEqualTo(9);
        assertThat(ended(jvm(List.of("-Dharness.run=r"), "Next", 1, "ends"))).isZero();

        assertThat(tests("campaigns")).hasSize(41).contains("Killed#0", "Killed#39", "Next#0");
    }

    @Test
    void takesAllJvmsThatOneMavenStartsForOneRun() throws Exception {
        // Surefire sets this in the JVMs that it starts; here this JVM stands for Maven
        List<String> surefire = List.of("-Dsurefire.test.class.path=x");
        assertThat(ended(jvm(surefire, "First", 1, "ends"))).isZero();
        assertThat(ended(jvm(surefire, "Second", 1, "ends"))).isZero();

        assertThat(tests("campaigns")).containsExactly("First#0", "Second#0");
        assertThat(tests("earlier")).isEmpty();
    }

    @Test
    void takesJvmsOneAfterTheOtherForDifferentRunsWhenNobodySaysOtherwise() throws Exception {
        assertThat(ended(jvm(List.of(), "LastWeek", 1, "ends"))).isZero();
        assertThat(ended(jvm(List.of(), "Today", 1, "ends"))).isZero();

        assertThat(tests("campaigns")).containsExactly("Today#0");
        assertThat(tests("earlier")).containsExactly("LastWeek#0");
    }

    @Test
    void joinsTheRunOfAJvmThatIsStillAlive() throws IOException {
        Path runs = temp.resolve(".runs");
        String launcher = Run.launcher(ProcessHandle.current()).map(Run::name).orElseThrow();
        Path alive = runs.resolve(launcher + "-1-2/" + Run.name(ProcessHandle.current()) + ".rows");
        Files.createDirectories(alive.getParent());
        Files.createFile(alive);
        Path other = runs.resolve("77-88-1-2/" + Run.name(ProcessHandle.current()) + ".rows");
        Files.createDirectories(other.getParent());
        Files.createFile(other);
        String surefire = System.clearProperty("surefire.test.class.path");
        String real = System.clearProperty("surefire.real.class.path");
        try {
            assertThat(Run.current(runs)).isEqualTo(launcher + "-1-2");
            Files.delete(alive);
            assertThat(Run.current(runs)).isEqualTo(launcher + "-" + Run.name(ProcessHandle.current()));
        } finally {
            restore("surefire.test.class.path", surefire);
            restore("surefire.real.class.path", real);
        }
    }

    @Test
    void showsWhatDidNotRunThisTimeAsEarlier() throws IOException {
        journal("last-week", 1, row("again", Verdict.FAILED, 10), row("gone", Verdict.FAILED, 10));
        journal("yesterday", 2, row("gone", Verdict.SURVIVED, 20));
        RunSummary summary = new RunSummary(temp);
        add(summary, "again", Stories.nothing(Verdict.PROVED));
        summary.refresh();

        assertThat(tests("campaigns")).containsExactly("again");
        assertThat(tests("earlier")).containsExactly("gone");
        assertThat(summary().at("/earlier/0/verdict").asText()).isEqualTo("SURVIVED");
        assertThat(summary().at("/totals/failed").asInt()).isZero();
    }

    @Test
    void forgetsAllButTheLastFiveRuns() throws IOException {
        for (int i = 1; i <= 8; i++) {
            journal("run-" + i, i, row("test-" + i, Verdict.SURVIVED, i));
        }
        RunSummary summary = new RunSummary(temp);
        add(summary, "now", Stories.nothing(Verdict.PROVED));
        summary.refresh();
        summary.refresh();

        assertThat(tests("earlier")).containsExactly("test-4", "test-5", "test-6", "test-7", "test-8");
        assertThat(temp.resolve(".runs/run-3")).doesNotExist();
    }

    @Test
    void ignoresHalfALine() throws IOException {
        String whole = row("whole", Verdict.SURVIVED, 1);
        String half = row("half", Verdict.SURVIVED, 1);
        journal("old", 1, whole, half.substring(0, half.length() - 3));
        RunSummary summary = new RunSummary(temp);
        add(summary, "now", Stories.nothing(Verdict.PROVED));
        summary.refresh();

        assertThat(tests("earlier")).containsExactly("whole");
        assertThat(SummaryRow.of(half.strip())).isPresent();
        assertThat(SummaryRow.of(half.substring(0, half.length() - 3))).isEmpty();
        assertThat(SummaryRow.of("no row")).isEmpty();
        assertThat(SummaryRow.of(half.replace("SURVIVED", "THRIVED").strip())).isEmpty();
    }

    @Test
    void namesRunsSafely() {
        System.setProperty("harness.run", "../../etc/passwd");
        try {
            assertThat(Run.current(temp)).matches("run-\\.\\._\\.\\._etc_passwd-[0-9a-f]+");
        } finally {
            System.clearProperty("harness.run");
        }
    }

    private Process jvm(List<String> options, String name, int campaigns, String end) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                OneJvm.class.getName(),
                temp.toString(),
                name,
                Integer.toString(campaigns),
                end));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int ended(Process jvm) throws InterruptedException {
        if (!jvm.waitFor(120, TimeUnit.SECONDS)) {
            jvm.destroyForcibly().waitFor();
            throw new AssertionError("does not end");
        }
        return jvm.exitValue();
    }

    private static void add(RunSummary summary, String test, Exploration exploration) throws IOException {
        Map<String, Object> row = CampaignJson.row(test, exploration, Instant.EPOCH);
        row.put("files", Map.of());
        summary.add(test, exploration, row);
    }

    private static String row(String test, Verdict verdict, long ended) {
        String json = "{\"test\": \"" + test + "\", \"verdict\": \"" + verdict + "\"}";
        return new SummaryRow(test, verdict, ended, 1, 0, 1, json).line();
    }

    /** Writes what a JVM left that ended long ago. */
    private void journal(String run, int age, String... lines) throws IOException {
        Path directory = Files.createDirectories(temp.resolve(".runs").resolve(run));
        Files.writeString(directory.resolve("1-2.rows"), String.join("", lines));
        Files.setLastModifiedTime(directory, FileTime.fromMillis(age * 1_000L));
    }

    private static void restore(String key, @Nullable String value) {
        if (value != null) {
            System.setProperty(key, value);
        }
    }

    private JsonNode summary() throws IOException {
        return MAPPER.readTree(Files.readString(temp.resolve("summary.json")));
    }

    private List<String> tests(String member) throws IOException {
        List<String> tests = new ArrayList<>();
        summary().get(member).forEach(row -> tests.add(row.get("test").asText()));
        return tests;
    }
}
