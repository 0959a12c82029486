package org.concurrentharness.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrentharness.explore.Verdict;

/** What the journals of a directory say: the campaigns of one run, and of tests that did not run in it the last ones. */
final class Summary {
    /** How many earlier runs are remembered. */
    private static final int KEPT = 5;

    private static final Comparator<SummaryRow> WORST_FIRST = Comparator.comparing(SummaryRow::failed)
            .reversed()
            .thenComparing(row -> row.verdict() != Verdict.INCONCLUSIVE)
            .thenComparing(SummaryRow::test)
            .thenComparingLong(SummaryRow::ended);

    private final String run;
    private final List<SummaryRow> current;
    private final List<SummaryRow> earlier;

    /** The orders of tests, the fixtures and the loads of this run, in the order in which the JVMs told of them. */
    private final List<SummaryEntry> entries;

    private Summary(String run, List<SummaryRow> current, List<SummaryRow> earlier, List<SummaryEntry> entries) {
        this.run = run;
        this.current = current;
        this.earlier = earlier;
        this.entries = entries;
    }

    /** Reads all journals, and forgets runs that are long over. */
    static Summary read(Path runs, String run) throws IOException {
        Map<String, SummaryRow> rows = new LinkedHashMap<>();
        Map<String, SummaryRow> others = new LinkedHashMap<>();
        List<SummaryEntry> entries = new ArrayList<>();
        List<Path> old = new ArrayList<>();
        for (Path each : Run.runs(runs)) {
            boolean now = each.getFileName().toString().equals(run);
            if (!now) {
                old.add(each);
            }
            List<String> lines = lines(each);
            if (now) {
                lines.stream().flatMap(line -> SummaryEntry.of(line).stream()).forEach(entries::add);
            }
            for (SummaryRow row : rows(lines)) {
                Map<String, SummaryRow> target = now ? rows : others;
                // of a test that failed and then passed both are told
                String key = now ? row.test() + '\t' + row.failed() : row.test();
                target.merge(key, row, (one, other) -> one.ended() > other.ended() ? one : other);
            }
        }
        forget(old);
        rows.values().forEach(row -> others.remove(row.test()));
        return new Summary(
                run,
                rows.values().stream().sorted(WORST_FIRST).toList(),
                others.values().stream().sorted(WORST_FIRST).toList(),
                latest(entries));
    }

    /** Returns the entries without those that a later one replaces. */
    private static List<SummaryEntry> latest(List<SummaryEntry> entries) {
        Map<String, SummaryEntry> latest = new LinkedHashMap<>();
        for (SummaryEntry entry : entries) {
            String key = entry.key().isEmpty() ? "\t" + latest.size() : entry.kind() + ':' + entry.key();
            latest.merge(key, entry, (one, other) -> one.ended() > other.ended() ? one : other);
        }
        return List.copyOf(latest.values());
    }

    private static List<SummaryRow> rows(List<String> lines) {
        return lines.stream().flatMap(line -> SummaryRow.of(line).stream()).toList();
    }

    private static List<String> lines(Path run) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path journal : Run.journals(run)) {
            String text = new String(Files.readAllBytes(journal), StandardCharsets.UTF_8);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(lines::add);
        }
        return lines;
    }

    private static void forget(List<Path> old) throws IOException {
        List<Path> byAge = new ArrayList<>(old);
        Map<Path, Long> ages = new LinkedHashMap<>();
        for (Path each : old) {
            ages.put(each, Files.getLastModifiedTime(each).toMillis());
        }
        byAge.sort(Comparator.comparing(ages::get).reversed());
        for (Path each : byAge.subList(Math.min(KEPT, byAge.size()), byAge.size())) {
            List<Path> journals = Run.journals(each);
            if (journals.stream().noneMatch(Run::isAlive)) {
                for (Path journal : journals) {
                    Files.deleteIfExists(journal);
                }
                try (Stream<Path> left = Files.list(each)) {
                    if (left.findAny().isEmpty()) {
                        Files.delete(each);
                    }
                }
            }
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", CampaignJson.SCHEMA);
        json.put("type", "summary");
        json.put("run", run);
        json.put("updated", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("campaigns", current.size());
        totals.put("proved", count(Verdict.PROVED));
        totals.put("survived", count(Verdict.SURVIVED));
        totals.put("failed", count(Verdict.FAILED));
        totals.put("inconclusive", count(Verdict.INCONCLUSIVE));
        totals.put(
                "executions", current.stream().mapToLong(SummaryRow::executions).sum());
        totals.put("races", current.stream().mapToLong(SummaryRow::races).sum());
        totals.put(
                "elapsedMillis",
                current.stream().mapToLong(SummaryRow::elapsedMillis).sum());
        json.put("totals", totals);
        json.put("campaigns", raw(current));
        json.put("earlier", raw(earlier));
        for (String kind : List.of(SummaryEntry.ORDER, SummaryEntry.FIXTURE, SummaryEntry.LOAD)) {
            List<Json.Raw> rows = entries.stream()
                    .filter(entry -> entry.kind().equals(kind))
                    .map(entry -> new Json.Raw(entry.json()))
                    .toList();
            if (!rows.isEmpty()) {
                json.put(kind, rows);
            }
        }
        return json;
    }

    /** Returns the page that shows it. */
    String page() {
        StringBuilder plain = new StringBuilder();
        for (SummaryRow row : current) {
            plain.append(row.verdict()).append(' ').append(row.test()).append('\n');
        }
        return Page.of(
                "Concurrent tests", Json.text(json()), plain.toString(), "load.css", "percentiles.js", "summary.js");
    }

    private long count(Verdict verdict) {
        return current.stream().filter(row -> row.verdict() == verdict).count();
    }

    private static List<Json.Raw> raw(List<SummaryRow> rows) {
        return rows.stream().map(row -> new Json.Raw(row.json())).toList();
    }
}
