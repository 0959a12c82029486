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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CampaignReportTests {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Page.resource("report-schema.json"));
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temp;

    static Stream<FailureStory> stories() {
        return Stream.of(
                Stories.exception(),
                Stories.dataRace(),
                Stories.deadlock(),
                Stories.livelock(),
                Stories.leakedThread(),
                Stories.notControlled(),
                Stories.with(Stories.deadlock(), Stories.dataRace().races(), ""));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void writesAFailureByTheSchema(FailureStory story) throws IOException {
        FailureReport.publish(story, temp.toString());

        CampaignReport report = CampaignReport.write(story.test(), Stories.exploration(story), temp.toString());

        String base = ReportFiles.baseName(story.test());
        assertThat(report.files())
                .containsExactlyElementsOf(
                        story.replayToken().isEmpty() && !Files.exists(temp.resolve(base + ".txt"))
                                ? files(base, ".html", ".json")
                                : files(base, ".html", ".txt", ".json"));
        assertThat(report.text()).isEqualTo("Step through it in a browser: " + temp.resolve(base + ".html") + "\n");
        JsonNode json = valid(base + ".json");
        assertThat(json.at("/failure/kind").asText()).isEqualTo(story.kind().name());
        assertThat(json.at("/failure/trace")).hasSize(story.trace().size());
        assertThat(json.at("/races")).hasSize(story.races().size());
        assertThat(valid("summary.json").at("/campaigns/0/files/html").asText()).isEqualTo(base + ".html");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"PROVED", "SURVIVED", "INCONCLUSIVE"})
    void writesACampaignThatFoundNothingByTheSchema(Verdict verdict) throws IOException {
        CampaignReport report = CampaignReport.write("com.acme.T#test", Stories.nothing(verdict), temp.toString());

        String base = ReportFiles.baseName("com.acme.T#test") + "-passed";
        assertThat(report.files()).containsExactlyElementsOf(files(base, ".html", ".json"));
        JsonNode json = valid(base + ".json");
        assertThat(json.at("/seed").asText()).isEqualTo("-9223372036854775808");
        assertThat(json.at("/traceHash").asText()).isEqualTo("ffffffffffffffff");
        assertThat(json.at("/outcomes/0/outcome").asText()).isEqualTo("[1, 2]");
        assertThat(json.at("/coverage/text").asText()).startsWith(verdict + " 1 000 of an estimated 4.1e9 schedules");
        assertThat(json.at("/coverage/schedules").asDouble()).isEqualTo(4.1e9);
        assertThat(json.at("/coverage/chanceOfNew").asDouble()).isEqualTo(0.97);
        assertThat(valid("summary.json")
                        .at("/totals/" + verdict.name().toLowerCase(Locale.ROOT))
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theSchemaRefusesWhatItDoesNotPromise() throws IOException {
        CampaignReport.write("T", Stories.exploration(Stories.dataRace()), temp.toString());
        String json = Files.readString(temp.resolve("T.json"));

        assertThat(SCHEMA.validate(MAPPER.readTree(json))).isEmpty();
        for (Map.Entry<String, String> change : Map.of(
                        "\"DATA_RACE\"", "\"RACE\"",
                        "\"mend\"", "\"remedy\"",
                        "\"seed\": \"42\"", "\"seed\": 42",
                        "\"preempted\": true", "\"preempted\": false",
                        "concurrent-harness/1", "concurrent-harness/2")
                .entrySet()) {
            assertThat(json).contains(change.getKey());
            assertThat(SCHEMA.validate(MAPPER.readTree(json.replace(change.getKey(), change.getValue()))))
                    .as(change.toString())
                    .isNotEmpty();
        }
    }

    @Test
    void keepsWhatEveryStepTells() throws IOException {
        CampaignReport.write("T", Stories.exploration(Stories.dataRace()), temp.toString());

        JsonNode step = valid("T.json").at("/failure/trace/4");
        assertThat(step).isEqualTo(MAPPER.readTree("""
                                {"number": 5, "thread": 2, "operation": "ReentrantLock.lock", "object": "ReentrantLock#1",
                                 "place": {"class": "com.acme.Counter", "method": "method", "file": "Counter.java", "line": 31},
                                 "preempted": true, "locks": ["ReentrantLock#1"], "after": [2]}"""));
        JsonNode access = valid("T.json").at("/races/0/first");
        assertThat(access.at("/step").asInt()).isEqualTo(7);
        assertThat(access.at("/started/line").asInt()).isEqualTo(41);
        assertThat(access.at("/stack")).hasSize(6);
    }

    @Test
    void aPassReplacesNothingThatIsKnownAboutAFailure() throws IOException {
        FailureStory story = Stories.dataRace();
        CampaignReport.write(story.test(), Stories.exploration(story), temp.toString());
        CampaignReport.write(story.test(), Stories.nothing(Verdict.SURVIVED), temp.toString());

        assertThat(valid("com.acme.CounterTests.countsBoth.json").at("/verdict").asText())
                .isEqualTo("FAILED");
        assertThat(valid("com.acme.CounterTests.countsBoth-passed.json")
                        .at("/verdict")
                        .asText())
                .isEqualTo("SURVIVED");
    }

    @Test
    void anyTextGetsIntoThePageAsTextOnly() throws IOException {
        String hostile = "</script><script>alert(1)</script><!-- \u2028 ' \" & \ud800 \u0000 {{data}} $1 \\";
        Trace trace = new Trace("A.java", hostile, "other");
        trace.step(0, 1, hostile, hostile, hostile);
        trace.step(1, 1, hostile, hostile, hostile).locks(hostile);
        FailureStory story = Stories.hostile(hostile, trace);

        CampaignReport.write(hostile, Stories.exploration(story), temp.toString());

        String base = ReportFiles.baseName(hostile);
        String page = Files.readString(temp.resolve(base + ".html"));
        assertThat(page.split("<script", -1)).hasSize(3); // the data and the code
        assertThat(page.split("</script", -1)).hasSize(3);
        assertThat(page).doesNotContain("alert(1)</").doesNotContain("\u0000");
        assertThat(page.substring(page.indexOf("<script")))
                .doesNotContain("\u2028")
                .contains("{{data}}");
        assertThat(valid(base + ".json").at("/failure/trace/0/operation").asText())
                .isEqualTo(hostile);
        assertThat(Files.readString(temp.resolve("index.html")).split("<script", -1))
                .hasSize(3);
    }

    @Test
    void saysInOneSentenceThatNothingCouldBeWritten() throws IOException {
        Path file = Files.createFile(temp.resolve("a-file"));
        FailureStory story = Stories.dataRace();
        String directory = file.resolve("below").toString();
        String text = FailureReport.publish(story, directory);
        Exploration exploration = Stories.exploration(story);

        CampaignReport alone = CampaignReport.write(story.test(), exploration, directory);
        CampaignReport after = CampaignReport.write(
                story.test(),
                new Exploration(
                        exploration.verdict(),
                        1,
                        1,
                        exploration
                                .failure()
                                .map(failure -> new Failure(
                                        failure.kind(),
                                        failure.message(),
                                        failure.cause(),
                                        failure.replayToken(),
                                        failure.trace(),
                                        text,
                                        failure.races(),
                                        failure.story())),
                        exploration.elapsed(),
                        1,
                        Map.of(),
                        List.of(),
                        exploration.warmedUp(),
                        0,
                        List.of(),
                        exploration.coverage(),
                        List.of()),
                directory);

        assertThat(text).contains("replay token " + Stories.TOKEN).contains("could not be written to " + directory);
        assertThat(alone.files()).isEmpty();
        assertThat(alone.text())
                .startsWith("The page and the data of the campaign could not be written to " + directory + " (")
                .endsWith("; set harness.report.dir to a directory that can be written to.\n");
        assertThat(after.files()).isEmpty();
        assertThat(after.text()).as("said before").isEmpty();
        assertThat(CampaignReport.write("T", Stories.nothing(Verdict.PROVED), "no\0path")
                        .files())
                .isEmpty();
    }

    @Test
    void writesOnAThreadThatIsInterruptedAndLeavesItSo() {
        Thread.currentThread().interrupt();
        CampaignReport report = CampaignReport.write("T", Stories.nothing(Verdict.PROVED), temp.toString());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.files()).hasSize(2);
        assertThat(temp.resolve("index.html")).exists();
    }

    private JsonNode valid(String file) throws IOException {
        JsonNode json = MAPPER.readTree(Files.readString(temp.resolve(file)));
        assertThat(SCHEMA.validate(json)).as(file).isEmpty();
        return json;
    }

    private List<Path> files(String base, String... ends) {
        return Stream.of(ends).map(end -> temp.resolve(base + end)).toList();
    }
}
