package org.concurrentharness.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.load.BaselineComparison;
import org.concurrentharness.load.BaselineRun;
import org.concurrentharness.load.Latencies;
import org.concurrentharness.load.LoadLimits;
import org.concurrentharness.load.LoadOptions;
import org.concurrentharness.load.LoadResult;
import org.jspecify.annotations.Nullable;

/** A load as data; what it looks like is in {@code report-schema.json}. */
final class LoadJson {
    private static final double P999 = 99.9;
    private static final double ALL = 100;
    private static final int MOST_FAILURES = 20;
    private static final int MOST_LINES = 40;

    /** The plot in the summary is small. */
    private static final int POINTS_OF_ROW = 40;

    private final LoadResult result;
    private final LoadLimits limits;
    private final @Nullable BaselineComparison comparison;
    private final List<String> violations;

    LoadJson(LoadResult result, LoadLimits limits, @Nullable BaselineComparison comparison) {
        this.result = result;
        this.limits = limits;
        this.comparison = comparison;
        this.violations = result.violations(limits);
        if (comparison != null) {
            violations.addAll(comparison.violations());
        }
    }

    LoadResult result() {
        return result;
    }

    String name() {
        return result.name();
    }

    boolean failed() {
        return !violations.isEmpty();
    }

    /** Returns everything as text. */
    String text() {
        List<String> parts = new ArrayList<>(violations);
        parts.add(result.report());
        if (comparison != null) {
            parts.add(comparison.text());
        }
        return String.join("\n\n", parts);
    }

    Map<String, Object> report(Instant ended, String run, Map<String, String> files) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CampaignJson.SCHEMA);
        json.put("type", "load");
        common(json, ended);
        json.put("run", run);
        json.put("started", result.started().toString());
        json.put("elapsedNanos", result.elapsed().toNanos());
        json.put("options", options());
        json.put("limits", limits());
        json.put("latencies", distribution(result.latencies()));
        if (result.options().isOpen()) {
            json.put("serviceTimes", distribution(result.serviceTimes()));
            json.put("lateness", distribution(result.lateness()));
        }
        json.put("seconds", result.seconds().stream().map(LoadJson::second).toList());
        json.put(
                "failures",
                result.failures().stream()
                        .limit(MOST_FAILURES)
                        .map(LoadJson::thrown)
                        .toList());
        json.put("notes", result.notes());
        result.hang().ifPresent(text -> json.put("hang", text));
        if (comparison != null
                && (comparison.reference().isPresent() || !comparison.notes().isEmpty())) {
            json.put("baseline", baseline(comparison));
        }
        json.put("files", files);
        return json;
    }

    /** Returns what the summary of the run tells about it. */
    Map<String, Object> row(Instant ended, Map<String, String> files) {
        Map<String, Object> json = new LinkedHashMap<>();
        common(json, ended);
        if (result.options().isOpen()) {
            json.put("rate", result.options().rate());
        }
        json.put("threads", result.options().threads());
        if (comparison != null && !comparison.rows().isEmpty()) {
            json.put(
                    "baseline",
                    comparison.rows().stream().map(row -> row.verdict().name()).toList());
        }
        json.put("plot", plot());
        if (!limits.percentiles().isEmpty()) {
            json.put("limits", percentileLimits());
        }
        json.put("files", files);
        return json;
    }

    private void common(Map<String, Object> json, Instant ended) {
        json.put("test", result.name());
        json.put("failed", failed());
        json.put("ended", ended.toString());
        json.put("violations", violations);
        json.put("throughput", result.throughput());
        json.put("operations", result.operations());
        json.put("completed", result.completed());
        json.put("errors", result.errors());
        if (result.notStarted() > 0) {
            json.put("notStarted", result.notStarted());
        }
        json.put("p50", result.latencies().at(50).toNanos());
        json.put("p90", result.latencies().at(90).toNanos());
        json.put("p99", result.latencies().at(99).toNanos());
        json.put("p999", result.latencies().at(P999).toNanos());
        json.put("longest", result.latencies().longest().toNanos());
    }

    private Map<String, Object> options() {
        LoadOptions options = result.options();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("threads", options.threads());
        if (options.isOpen()) {
            json.put("rate", options.rate());
            json.put("arrivals", options.arrivals().name());
            json.put("seed", String.valueOf(options.seed()));
        }
        json.put("warmupNanos", options.warmup().toNanos());
        json.put("durationNanos", options.duration().toNanos());
        return json;
    }

    private Map<String, Object> limits() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("percentiles", percentileLimits());
        if (limits.errors() < 1) {
            json.put("errors", limits.errors());
        }
        if (limits.minThroughput() > 0) {
            json.put("minThroughput", limits.minThroughput());
        }
        return json;
    }

    private List<List<Number>> percentileLimits() {
        List<List<Number>> percentiles = new ArrayList<>();
        limits.percentiles().forEach((percentile, atMost) -> percentiles.add(List.of(percentile, atMost.toNanos())));
        return percentiles;
    }

    private static Map<String, Object> distribution(Latencies latencies) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", latencies.count());
        json.put("mean", latencies.mean().toNanos());
        json.put("shortest", latencies.shortest().toNanos());
        json.put("longest", latencies.longest().toNanos());
        json.put(
                "percentiles",
                latencies.distribution().stream()
                        .map(point -> List.of(point.percentile(), point.nanos(), point.count()))
                        .toList());
        return json;
    }

    /** Returns a few points of the distribution: the first, the last, and some between. */
    private List<List<Number>> plot() {
        List<Latencies.Point> points = result.latencies().distribution();
        List<List<Number>> plot = new ArrayList<>();
        int step = Math.max(1, (points.size() + POINTS_OF_ROW - 1) / POINTS_OF_ROW);
        for (int i = 0; i < points.size(); i += step) {
            plot.add(List.of(points.get(i).percentile(), points.get(i).nanos()));
        }
        if (!points.isEmpty()) {
            plot.add(List.of(ALL, points.get(points.size() - 1).nanos()));
        }
        return plot;
    }

    private static Map<String, Object> second(LoadResult.Second second) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("begin", second.begin().toNanos());
        json.put("length", second.length().toNanos());
        json.put("operations", second.operations());
        json.put("errors", second.errors());
        json.put("p50", second.p50().toNanos());
        json.put("p99", second.p99().toNanos());
        json.put("longest", second.longest().toNanos());
        return json;
    }

    private static Map<String, Object> thrown(LoadResult.Thrown thrown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", thrown.type());
        json.put("count", thrown.count());
        json.put("first", String.join("\n", StackTraceText.lines(thrown.first(), Glyphs.UNICODE, MOST_LINES)));
        return json;
    }

    private static Map<String, Object> baseline(BaselineComparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", comparison.file().toString());
        json.put("machine", comparison.machine());
        json.put("learned", comparison.learned());
        json.put("notes", comparison.notes());
        comparison.reference().ifPresent(run -> json.put("reference", run(run)));
        json.put("rows", comparison.rows().stream().map(LoadJson::row).toList());
        return json;
    }

    private static Map<String, Object> run(BaselineRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", run.at().toString());
        json.put("throughput", run.throughput());
        json.put("errors", run.errors());
        json.put(
                "percentiles",
                List.of(
                        percentile(50, run.p50()),
                        percentile(90, run.p90()),
                        percentile(99, run.p99()),
                        percentile(P999, run.p999()),
                        percentile(ALL, run.longest())));
        return json;
    }

    private static List<Number> percentile(double percentile, Duration latency) {
        return List.of(percentile, latency.toNanos());
    }

    private static Map<String, Object> row(BaselineComparison.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", row.measure().toString());
        json.put("value", row.value());
        json.put("reference", row.reference());
        json.put("tolerated", List.of(row.tolerated().low(), row.tolerated().high()));
        row.learned().ifPresent(range -> json.put("learned", List.of(range.low(), range.high())));
        if (row.drifting()) {
            json.put("drifting", true);
        }
        json.put("verdict", row.verdict().name());
        return json;
    }
}
