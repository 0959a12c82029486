package org.concurrentharness.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.order.OrderReport;
import org.concurrentharness.order.TestGraph.Dependency;

/** The order of tests as data; what it looks like is in {@code report-schema.json}. */
final class OrderJson {
    private OrderJson() {}

    /** Returns all of it; {@code files} are the names of the files by what they hold. */
    static Map<String, Object> report(OrderAnalysis analysis, Instant ended, String run, Map<String, String> files) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CampaignJson.SCHEMA);
        json.put("type", "order");
        json.put("run", run);
        json.put("ended", ended.toString());
        json.put("nanos", analysis.report().nanos());
        json.put("totals", totals(analysis));
        Map<String, Object> critical = new LinkedHashMap<>();
        critical.put("text", analysis.criticalText());
        critical.put("tests", analysis.critical());
        critical.put("workNanos", analysis.work(analysis.critical()));
        critical.put("spanNanos", analysis.span(analysis.critical()));
        json.put("critical", critical);
        json.put("files", files);
        json.put("workers", analysis.workers());
        List<Object> dependencies = new ArrayList<>();
        analysis.dependencies().keySet().forEach(each -> dependencies.add(dependency(each)));
        json.put("dependencies", dependencies);
        List<Object> tests = new ArrayList<>();
        for (int i = 0; i < analysis.report().tests().size(); i++) {
            tests.add(test(analysis, i));
        }
        json.put("tests", tests);
        return json;
    }

    /** Returns what the summary of the run tells. */
    static Map<String, Object> row(OrderAnalysis analysis, Instant ended, Map<String, String> files) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("pid", ProcessHandle.current().pid());
        row.put("ended", ended.toString());
        row.put("nanos", analysis.report().nanos());
        row.put("totals", totals(analysis));
        row.put("critical", analysis.criticalText());
        row.put("criticalNanos", analysis.work(analysis.critical()));
        row.put("files", files);
        return row;
    }

    private static Map<String, Object> totals(OrderAnalysis analysis) {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("tests", analysis.tests().size());
        totals.put("passed", analysis.count("passed"));
        totals.put("failed", analysis.count("failed"));
        totals.put("aborted", analysis.count("aborted"));
        totals.put("disabled", analysis.count("disabled"));
        totals.put("notRun", analysis.count("not run"));
        totals.put(
                "dependencies",
                analysis.report().tests().stream()
                        .mapToInt(row -> row.node().dependencies().size())
                        .sum());
        totals.put("workers", analysis.workers().size());
        return totals;
    }

    private static Map<String, Object> dependency(Dependency dependency) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", dependency.label());
        json.put("on", dependency.on());
        json.put("ifFailed", dependency.ifFailed().name());
        return json;
    }

    private static Map<String, Object> test(OrderAnalysis analysis, int index) {
        OrderReport.Row row = analysis.row(index);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.node().name());
        if (row.node().parent() >= 0) {
            json.put("parent", row.node().parent());
        }
        if (!analysis.isTest(index)) {
            json.put("holds", true);
        }
        json.put("outcome", analysis.outcome(index));
        if (!row.reason().isEmpty()) {
            json.put("reason", row.reason());
        }
        if (!row.worker().isEmpty()) {
            json.put("worker", analysis.workers().indexOf(row.worker()));
        }
        putTime(json, "waited", row.waited());
        putTime(json, "started", row.started());
        putTime(json, "finished", row.finished());
        if (!row.node().dependencies().isEmpty()) {
            json.put(
                    "dependencies",
                    row.node().dependencies().stream()
                            .map(analysis.dependencies()::get)
                            .toList());
        }
        int waitedFor = analysis.waitedFor(index);
        if (waitedFor >= 0) {
            json.put("waitedFor", waitedFor);
        }
        json.put("id", row.node().id());
        return json;
    }

    private static void putTime(Map<String, Object> json, String name, long nanos) {
        if (nanos >= 0) {
            json.put(name, nanos);
        }
    }
}
