package org.concurrentharness.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrentharness.explore.Coverage;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.TraceStep;

/**
 * A campaign as data, by the schema in {@code report-schema.json}. Numbers of 64 bits are texts: readers of JSON that keep
 * numbers as floating point would round them.
 */
final class CampaignJson {
    static final String SCHEMA = "concurrent-harness/1";

    private CampaignJson() {}

    /** Returns everything about a campaign. */
    static Map<String, Object> campaign(String test, Exploration exploration, Instant ended, String run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("type", "campaign");
        json.put("test", test);
        json.put("verdict", exploration.verdict().name());
        json.put("ended", ended.truncatedTo(ChronoUnit.MILLIS).toString());
        json.put("run", run);
        json.put("executions", exploration.executions());
        json.put("distinct", exploration.distinct());
        if (!exploration.coverage().text().isEmpty()) {
            json.put("coverage", coverage(exploration.coverage()));
        }
        json.put("elapsedMillis", exploration.elapsed().toMillis());
        json.put("warmUpMillis", exploration.warmedUp().toMillis());
        json.put("seed", Long.toString(exploration.seed()));
        json.put("traceHash", Long.toHexString(exploration.traceHash()));
        json.put(
                "outcomes",
                exploration.outcomes().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(CampaignJson::outcome)
                        .toList());
        json.put("notes", exploration.notes());
        json.put("races", races(exploration).stream().map(CampaignJson::race).toList());
        exploration.failure().ifPresent(failure -> json.put("failure", failure(failure.story())));
        return json;
    }

    /** Returns the races, those of the failure first since they know its steps. */
    static List<DataRace> races(Exploration exploration) {
        List<DataRace> told =
                exploration.failure().map(failure -> failure.story().races()).orElse(List.of());
        return told.isEmpty() ? exploration.races() : told;
    }

    /** Returns the line about a campaign in the summary of a run, without the links to its files. */
    static Map<String, Object> row(String test, Exploration exploration, Instant ended) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("test", test);
        json.put("verdict", exploration.verdict().name());
        Optional<Failure> failure = exploration.failure();
        if (failure.isPresent()) {
            json.put("kind", failure.get().kind().name());
            json.put("message", firstLine(failure.get().message()));
        }
        json.put("executions", exploration.executions());
        json.put("distinct", exploration.distinct());
        if (!exploration.coverage().text().isEmpty()) {
            json.put("coverage", exploration.coverage().text());
        }
        json.put("elapsedMillis", exploration.elapsed().toMillis());
        json.put("seed", Long.toString(exploration.seed()));
        json.put("races", races(exploration).size());
        json.put("ended", ended.truncatedTo(ChronoUnit.MILLIS).toString());
        failure.map(Failure::replayToken)
                .filter(token -> !token.isEmpty())
                .ifPresent(token -> json.put("replayToken", token));
        return json;
    }

    private static Map<String, Object> coverage(Coverage coverage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", coverage.text());
        if (Double.isFinite(coverage.schedules())) {
            json.put("schedules", coverage.schedules());
        }
        json.put("chanceOfNew", coverage.chanceOfNew());
        json.put("explored", coverage.explored());
        json.put("redundant", coverage.redundant());
        return json;
    }

    private static String firstLine(String text) {
        String line = text.lines()
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        return Glyphs.UNICODE.clip(line, 400);
    }

    private static Map<String, Object> outcome(Map.Entry<String, Long> outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", outcome.getKey());
        json.put("count", outcome.getValue());
        return json;
    }

    private static Map<String, Object> race(DataRace race) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("variable", race.variable());
        json.put("first", access(race.first()));
        json.put("second", access(race.second()));
        json.put("synchronization", race.synchronization());
        json.put("mend", race.mend());
        return json;
    }

    private static Map<String, Object> access(DataRace.Access access) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("thread", access.thread());
        json.put("threadName", access.threadName());
        json.put("operation", access.operation());
        json.put("place", place(access.place()));
        json.put("stack", access.stack().stream().map(CampaignJson::place).toList());
        json.put("locks", access.locks());
        access.started().ifPresent(started -> json.put("started", place(started)));
        access.step().ifPresent(step -> json.put("step", step));
        return json;
    }

    private static Map<String, Object> failure(FailureStory story) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", story.kind().name());
        json.put("message", story.message());
        json.put("details", story.details());
        json.put("harm", story.harm());
        json.put("execution", story.execution());
        json.put("carrier", story.carrier());
        json.put("replayToken", story.replayToken());
        json.put("preemptions", story.preemptions());
        story.cause().ifPresent(cause -> {
            Map<String, Object> thrown = new LinkedHashMap<>();
            thrown.put("type", cause.getClass().getName());
            thrown.put("stackTrace", StackTraceText.lines(cause, Glyphs.UNICODE, 200));
            json.put("cause", thrown);
        });
        json.put("threads", FailureReport.names(story));
        json.put("trace", story.trace().stream().map(CampaignJson::step).toList());
        return json;
    }

    private static Map<String, Object> step(TraceStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", step.number());
        json.put("thread", step.thread());
        json.put("place", place(step.className(), step.methodName(), step.fileName(), step.line()));
        json.put("operation", step.operation());
        if (!step.object().isEmpty()) {
            json.put("object", step.object());
        }
        step.value().ifPresent(value -> json.put("value", value));
        if (step.preempted()) {
            json.put("preempted", true);
        }
        if (step.blocked()) {
            json.put("blocked", true);
        }
        if (!step.locks().isEmpty()) {
            json.put("locks", step.locks());
        }
        if (!step.after().isEmpty()) {
            json.put("after", step.after());
        }
        return json;
    }

    private static Map<String, Object> place(StackTraceElement frame) {
        String file = frame.getFileName();
        return place(frame.getClassName(), frame.getMethodName(), file == null ? "" : file, frame.getLineNumber());
    }

    private static Map<String, Object> place(String type, String method, String file, int line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", type);
        json.put("method", method);
        if (!file.isEmpty()) {
            json.put("file", file);
        }
        if (line > 0) {
            json.put("line", line);
        }
        return json;
    }
}
