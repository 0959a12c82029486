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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.concurrentharness.order.OrderReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code -Dgolden.write=true} the golden files are written instead of compared: read the difference before committing. */
class OrderReportsTests {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Page.resource("report-schema.json"));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, String> FILES = Map.of(
            "html",
            "order/1-1.html",
            "json",
            "order/1-1.json",
            "graph",
            "order/1-1-graph.mmd",
            "timeline",
            "order/1-1-timeline.mmd");

    @TempDir
    Path temp;

    @Test
    void drawsTheGraphForMermaid() throws IOException {
        FailureReportTests.assertGolden("order-graph.mmd", graph(OrderStories.shop()));
    }

    @Test
    void drawsTheTimelineForMermaid() throws IOException {
        FailureReportTests.assertGolden("order-timeline.mmd", timeline(OrderStories.shop()));
    }

    @Test
    void tellsEverythingAsData() throws IOException {
        String json = json(OrderStories.shop());

        assertThat(SCHEMA.validate(MAPPER.readTree(json))).isEmpty();
        FailureReportTests.assertGolden("order.json", json);
    }

    @Test
    void publishesThePageTheDataAndMermaidAndALineOfTheSummary() throws IOException {
        List<Path> files = OrderReports.publish(OrderStories.shop(), temp.toString());

        String base = files.get(0).getFileName().toString().replace(".html", "");
        assertThat(base).matches(ProcessHandle.current().pid() + "-\\d+");
        assertThat(files)
                .extracting(file -> temp.resolve("order").relativize(file).toString())
                .containsExactly(base + ".html", base + ".json", base + "-graph.mmd", base + "-timeline.mmd");
        assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(SCHEMA.validate(MAPPER.readTree(Files.readString(files.get(1)))))
                .isEmpty();
        JsonNode summary = summary();
        assertThat(summary.at("/orders")).hasSize(1);
        JsonNode row = summary.at("/orders/0");
        assertThat(row.at("/totals").toString())
                .isEqualTo("{\"tests\":25,\"passed\":19,\"failed\":1,\"aborted\":3,\"disabled\":1,\"notRun\":1,"
                        + "\"dependencies\":15,\"workers\":4}");
        assertThat(row.at("/criticalNanos").asLong()).isEqualTo(2_364_000_000L);
        for (JsonNode file : row.at("/files")) {
            assertThat(temp.resolve(file.asText())).exists();
        }
        assertThat(Files.readString(temp.resolve("index.html"))).contains("order/" + base + ".html");
    }

    @Test
    void tellsOfSeveralPlansOfAJvm() throws IOException {
        Path first = OrderReports.publish(OrderStories.shop(), temp.toString()).get(0);
        Path second = OrderReports.publish(OrderStories.shop(), temp.toString()).get(0);
        RunSummary.in(temp).refresh();

        assertThat(first).isNotEqualTo(second);
        assertThat(summary().at("/orders")).hasSize(2);
    }

    @Test
    void findsTheChainThatTookTheLongest() {
        OrderAnalysis analysis = new OrderAnalysis(OrderStories.shop());

        assertThat(analysis.critical())
                .extracting(test -> analysis.row(test).node().name().replace("com.acme.shop.", ""))
                .containsExactly(
                        "SchemaTests#createsTables",
                        "SchemaTests#createsIndexes",
                        "CustomerTests#registers",
                        "OrderTests#places",
                        "OrderTests#cancels",
                        "ReportTests#listsCancelled");
        assertThat(analysis.criticalText())
                .isEqualTo(
                        "The critical path: 6 tests, each depending on the one before it, took 2.4 s of the run's 2.4 s, and 22"
                                + " ms passed between them. However many threads there are, the run takes no less.");
        assertThat(analysis.sentence())
                .isEqualTo(
                        "25 tests, 1 failed, 3 aborted, 1 disabled, 1 not run in 2.4 s; critical path: 2.4 s in 6 tests.");
    }

    @Test
    void saysWhenSomethingElseFinishedLast() {
        OrderAnalysis analysis = new OrderAnalysis(OrderStories.large(90, 55));

        assertThat(analysis.criticalText())
                .startsWith("The critical path: 4 tests, ")
                .endsWith("The test that finished last, com.acme.large.Part0.Some8Tests#does80, is not on it.");
    }

    @Test
    void namesWhomEachTestWaitedForAtLast() {
        OrderAnalysis analysis = new OrderAnalysis(OrderStories.shop());

        assertThat(waitedFor(analysis, "com.acme.shop.OrderTests#places"))
                .isEqualTo("com.acme.shop.CustomerTests#registers");
        assertThat(waitedFor(analysis, "com.acme.shop.CustomerTests#registers"))
                .as("its class depends on the schema")
                .isEqualTo("com.acme.shop.SchemaTests#createsIndexes");
        assertThat(waitedFor(analysis, "com.acme.shop.MoneyTests#rounds0")).isEmpty();
    }

    private static String waitedFor(OrderAnalysis analysis, String name) {
        List<OrderReport.Row> rows = analysis.report().tests();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).node().name().equals(name)) {
                int found = analysis.waitedFor(i);
                return found < 0 ? "" : rows.get(found).node().name();
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void anyNameIsOnlyAName() throws IOException {
        String hostile = "</script><script>alert(1)</script>\"]\n  end\n%%{init: {}}%% `#quot; :;{{data}} style x:#a;";

        List<Path> files = OrderReports.publish(OrderStories.hostile(hostile), temp.toString());

        String page = Files.readString(files.get(0));
        assertThat(page.split("<script", -1)).hasSize(3); // the data and the code
        assertThat(page.split("</script", -1)).hasSize(3);
        assertThat(page).contains("{{data}}"); // it is a name, and no slot
        assertThat(MAPPER.readTree(Files.readString(files.get(1)))
                        .at("/tests/0/name")
                        .asText())
                .isEqualTo(hostile);
        String graph = Files.readString(files.get(2));
        assertThat(graph.lines().filter(line -> line.strip().equals("end"))).hasSize(1);
        assertThat(graph).doesNotContain("<script", "`", "{init").contains("#60;#47;".replace("#47;", "/"));
        String timeline = Files.readString(files.get(3));
        assertThat(timeline.lines().skip(2))
                .allSatisfy(line -> assertThat(line)
                        .matches("gantt|  (title|dateFormat|axisFormat|todayMarker|section) .*|"
                                + "  [^:]+ :((crit|active|done), )*2000-01-01 00:00:00\\.\\d{3}, \\d+ms"));
        assertThat(timeline).as("a test that is called section").contains("  #115;ection :");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 300, 1_500, 10_000})
    void mermaidCanDrawWhatItGets(int tests) {
        OrderReport report = OrderStories.large(tests, tests / 2);

        assertThat(graph(report))
                .hasSizeLessThan(50_000)
                .startsWith("%% " + tests + " tests")
                .contains("-->");
        assertThat(graph(report).lines().filter(line -> line.matches(".* (-->|==>).*")))
                .hasSizeLessThanOrEqualTo(500);
        assertThat(timeline(report)).hasSizeLessThan(50_000).contains("section pool-1-worker-10");
    }

    @Test
    void aGraphOfTooManyTestsIsOneOfTheirClasses() {
        assertThat(graph(OrderStories.large(30, 15)))
                .contains("subgraph n1[\"Some0Tests\"]", "does1<br/>")
                .doesNotContain("JUnit Jupiter");
        assertThat(graph(OrderStories.large(600, 300)))
                .doesNotContain("subgraph", "does1<br/>")
                .contains("Some7Tests<br/>10 passed");
        assertThat(graph(OrderStories.large(10_000, 5_000))).contains("more, which the page shows");
    }

    @Test
    void whatCannotBeWrittenCostsNothing() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThat(OrderReports.publish(
                        OrderStories.shop(), file.resolve("below").toString()))
                .isEmpty();
        assertThat(OrderReports.publish(new OrderReport(List.of(), 1), temp.toString()))
                .isEmpty();
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void leavesAThreadInterrupted() {
        Thread.currentThread().interrupt();

        List<Path> files = OrderReports.publish(OrderStories.shop(), temp.toString());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(files).hasSize(4);
    }

    @Test
    void tellsOfFixturesInTheSummary() throws IOException {
        FixtureRow.addToSummary(
                List.of(
                        new FixtureRow(
                                "com.acme.Server",
                                "run",
                                Duration.ofMillis(1_200),
                                "main",
                                41,
                                3,
                                Duration.ofMillis(1_100),
                                "worker-2",
                                "closed in 12 ms",
                                false),
                        new FixtureRow(
                                "com.acme.Broken",
                                "run",
                                Duration.ZERO,
                                "",
                                0,
                                0,
                                Duration.ZERO,
                                "",
                                "failed: java.io.IOException: refused",
                                true)),
                temp);

        JsonNode fixtures = summary().at("/fixtures");
        assertThat(fixtures).hasSize(2);
        assertThat(fixtures.get(0))
                .isEqualTo(
                        MAPPER.readTree(
                                "{\"name\": \"com.acme.Server\", \"scope\": \"run\", \"pid\": "
                                        + ProcessHandle.current().pid()
                                        + ", \"creationNanos\": 1200000000, \"thread\": \"main\", \"uses\": 41, \"waits\": 3,"
                                        + " \"longestWaitNanos\": 1100000000, \"longestWaiter\": \"worker-2\", \"end\": \"closed in 12 ms\"}"));
        assertThat(fixtures.at("/1/failed").asBoolean()).isTrue();
    }

    @Test
    void aLineOfTheJournalIsWholeOrNone() {
        SummaryEntry entry = new SummaryEntry(SummaryEntry.ORDER, "", 5, "{\"a\": 1}");
        String line = entry.line().stripTrailing();

        assertThat(SummaryEntry.of(line)).contains(entry);
        assertThat(SummaryRow.of(line)).as("it is no campaign").isEmpty();
        assertThat(SummaryEntry.of(line.substring(0, line.length() - 3))).isEmpty();
        assertThat(SummaryEntry.of("test\tPROVED\t1\t1\t0\t1\t{}")).isEmpty();
    }

    @Test
    void writesDurationsWithTwoOrThreeDigits() {
        assertThat(Stream.of(0L, 1_500L, 12_000L, 999_960L, 3_400_000L, 250_000_000L, 1_234_000_000L, 125_000_000_000L)
                        .map(Nanos::text))
                .containsExactly("0 µs", "1.5 µs", "12 µs", "1000 µs", "3.4 ms", "250 ms", "1.2 s", "125 s");
    }

    private static String graph(OrderReport report) {
        return new MermaidGraph(new OrderAnalysis(report)).text();
    }

    private static String timeline(OrderReport report) {
        return new MermaidTimeline(new OrderAnalysis(report)).text();
    }

    private static String json(OrderReport report) {
        return Json.text(OrderJson.report(new OrderAnalysis(report), Instant.EPOCH, "run", new TreeMap<>(FILES)));
    }

    private JsonNode summary() throws IOException {
        JsonNode json = MAPPER.readTree(Files.readString(temp.resolve("summary.json")));
        assertThat(SCHEMA.validate(json)).isEmpty();
        return json;
    }
}
