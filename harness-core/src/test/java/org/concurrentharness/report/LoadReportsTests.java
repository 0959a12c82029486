package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.load.Baseline;
import org.concurrentharness.load.BaselineComparison;
import org.concurrentharness.load.LoadLimits;
import org.concurrentharness.load.LoadResult;
import org.concurrentharness.load.LoadStories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadReportsTests {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Page.resource("report-schema.json"));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final LoadLimits TOO_TIGHT =
            LoadLimits.none().percentile(99, Duration.ofMillis(5)).errors(0.01).minThroughput(10);

    @TempDir
    Path temp;

    /** A JVM of a run that publishes loads. */
    public static final class OneJvm {
        private OneJvm() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 5; i++) {
                LoadResult result = LoadStories.open(arguments[1] + "#" + i);
                LoadReports.publish(result, i % 2 == 0 ? LoadLimits.none() : TOO_TIGHT, arguments[0]);
            }
        }
    }

    @Test
    void everyFormOfDataIsAsTheSchemaHasIt() throws IOException {
        LoadResult open = LoadStories.open(LoadStories.NAME);
        LoadResult closed = LoadStories.result(1_000, Duration.ofMillis(10), Duration.ofMillis(40));
        Baseline baseline = Baseline.in(temp.resolve("baseline.json")).mode(Baseline.Mode.RECORD);
        BaselineComparison first = baseline.compare(closed);
        for (int i = 0; i < 6; i++) {
            baseline.compare(closed);
        }
        for (List<Path> files : List.of(
                LoadReports.publish(open, TOO_TIGHT, temp.toString()),
                LoadReports.publish(closed, LoadLimits.none(), temp.toString()),
                LoadReports.publish(closed, LoadLimits.none(), first, temp.toString()),
                LoadReports.publish(closed, LoadLimits.none(), baseline.compare(closed), temp.toString()))) {
            assertThat(SCHEMA.validate(MAPPER.readTree(Files.readString(files.get(1)))))
                    .isEmpty();
        }
        RunSummary.in(temp).refresh();
        assertThat(SCHEMA.validate(summary())).isEmpty();
    }

    @Test
    void publishesThePageTheDataAndALineOfTheSummary() throws IOException {
        List<Path> files = LoadReports.publish(LoadStories.open("GET /orders"), LoadLimits.none(), temp.toString());

        String base = "load/" + ReportFiles.baseName("GET /orders");
        assertThat(files)
                .containsExactly(
                        temp.resolve(base + ".html"), temp.resolve(base + ".json"), temp.resolve(base + ".prom"));
        assertThat(Files.readString(files.get(0)))
                .contains("<title>GET /orders</title>", "GET /orders: open loop, 2,000/s by 16 threads");
        JsonNode data = MAPPER.readTree(Files.readString(files.get(1)));
        assertThat(data.at("/seconds")).hasSize(12);
        assertThat(data.at("/failures/0/first").asText()).startsWith("java.net.SocketTimeoutException: Read timed out");
        assertThat(data.at("/latencies/percentiles").size()).isGreaterThan(40);
        RunSummary.in(temp).refresh();
        JsonNode row = summary().at("/loads/0");
        assertThat(row.at("/test").asText()).isEqualTo("GET /orders");
        assertThat(row.at("/failed").asBoolean()).isFalse();
        assertThat(row.at("/files/html").asText()).isEqualTo(base + ".html");
        assertThat(row.at("/plot").size()).isBetween(20, 42);
        assertThat(Files.readString(temp.resolve("index.html"))).contains("GET /orders");
    }

    @Test
    void tellsWhatWasNotBegunInTheSummaryToo() throws IOException {
        List<Path> files = LoadReports.publish(LoadStories.behind("behind"), LoadLimits.none(), temp.toString());
        RunSummary.in(temp).refresh();

        JsonNode data = MAPPER.readTree(Files.readString(files.get(1)));
        assertThat(data.at("/notStarted").asLong()).isEqualTo(903);
        assertThat(data.at("/failed").asBoolean()).isTrue();
        assertThat(summary().at("/loads/0/notStarted").asLong()).isEqualTo(903);
        assertThat(SCHEMA.validate(data)).isEmpty();
        assertThat(SCHEMA.validate(summary())).isEmpty();
    }

    @Test
    void aLaterTryThatPassesLeavesTheFailureAndReplacesAnEarlierPass() throws IOException {
        LoadResult result = LoadStories.open(LoadStories.NAME);
        List<Path> failed = LoadReports.publish(result, TOO_TIGHT, temp.toString());
        LoadReports.publish(result, LoadLimits.none(), temp.toString());
        LoadResult last = LoadStories.result(1_000, Duration.ofMillis(10), Duration.ofMillis(40));
        LoadReports.publish(last, LoadLimits.none(), temp.toString());
        RunSummary.in(temp).refresh();

        JsonNode loads = summary().at("/loads");
        assertThat(loads).hasSize(2);
        assertThat(loads.at("/0/failed").asBoolean()).isTrue();
        assertThat(loads.at("/0/violations")).hasSize(1);
        assertThat(loads.at("/1/failed").asBoolean()).isFalse();
        assertThat(loads.at("/1/operations").asLong()).isEqualTo(last.operations());
        assertThat(failed.subList(0, 2))
                .allSatisfy(file -> assertThat(Files.readString(file)).contains("it must be at most 5 ms"));
    }

    @Test
    void whatIsWorseThanTheBaselineHasFailed() throws IOException {
        Baseline baseline = Baseline.in(temp.resolve("baseline.json")).mode(Baseline.Mode.COMPARE);
        baseline.compare(LoadStories.result(1_000, Duration.ofMillis(10), Duration.ofMillis(40)));
        LoadResult slow = LoadStories.result(990, Duration.ofMillis(20), Duration.ofMillis(41));
        List<Path> files = LoadReports.publish(slow, LoadLimits.none(), baseline.compare(slow), temp.toString());

        JsonNode data = MAPPER.readTree(Files.readString(files.get(1)));
        assertThat(data.at("/failed").asBoolean()).isTrue();
        assertThat(data.at("/violations/0").asText()).startsWith("p50 was 20 ms, 100 % more than the 10 ms");
        assertThat(data.at("/baseline/rows").findValuesAsText("verdict")).containsExactly("SAME", "WORSE", "SAME");
        assertThat(data.at("/baseline/reference/percentiles")).hasSize(5);
        RunSummary.in(temp).refresh();
        assertThat(summary().at("/loads/0/baseline").toString()).isEqualTo("[\"SAME\",\"WORSE\",\"SAME\"]");
    }

    @Test
    void severalJvmsShareASummary() throws Exception {
        List<Process> jvms = new ArrayList<>();
        for (String name : List.of("A", "B")) {
            jvms.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dharness.run=together",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OneJvm.class.getName(),
                            temp.toString(),
                            name)
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve(name + ".out").toFile())
                    .start());
        }
        for (Process jvm : jvms) {
            assertThat(jvm.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).isZero();
        }
        assertThat(summary().at("/loads").findValuesAsText("test"))
                .containsExactlyInAnyOrder("A#0", "A#1", "A#2", "A#3", "A#4", "B#0", "B#1", "B#2", "B#3", "B#4");
    }

    @Test
    void whatCannotBeWrittenCostsTheFilesOnly() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "no directory");
        Thread.currentThread().interrupt();
        assertThat(LoadReports.publish(LoadStories.open("a"), LoadLimits.none(), file.toString()))
                .isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    private JsonNode summary() throws IOException {
        return MAPPER.readTree(Files.readString(temp.resolve("summary.json")));
    }
}
