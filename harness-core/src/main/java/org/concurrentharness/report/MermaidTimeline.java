package org.concurrentharness.report;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The timeline of tests for Mermaid, a section for each thread: the tests, if it can draw so many; else what ran one after the other
 * of one class as one bar; and of those the longest.
 */
final class MermaidTimeline {
    /** Mermaid wants dates, and shows none of it but the time of day. */
    private static final LocalDateTime BEGINNING = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** Shorter waits than this part of the run cannot be seen. */
    private static final int SEEN = 200;

    private static final int MOST_BARS = 600;

    /** Room for the names of the threads, and for a remark. */
    private static final int MOST_OF_SECTIONS = 8_000;

    private static final int MOST_SECTIONS = 64;

    private final OrderAnalysis analysis;

    MermaidTimeline(OrderAnalysis analysis) {
        this.analysis = analysis;
    }

    /** A bar, or a piece of one. */
    private record Bar(String worker, long from, long to, String name, String tag) {
        long nanos() {
            return to - from;
        }

        String line() {
            long from = TimeUnit.NANOSECONDS.toMillis(this.from);
            return "  " + MermaidText.escapedForTimeline(name) + " :" + tag
                    + BEGINNING.plus(Duration.ofMillis(from)).format(FORMAT) + ", "
                    + Math.max(1, TimeUnit.NANOSECONDS.toMillis(to) - from) + "ms\n";
        }
    }

    String text() {
        if (analysis.tests().size() <= MOST_BARS) {
            String text = text(ofTests(), "");
            if (text.length() <= MermaidText.MOST_CHARACTERS) {
                return text;
            }
        }
        List<Bar> merged = merged();
        List<Bar> longest = new ArrayList<>(merged);
        longest.sort(Comparator.comparingLong(Bar::nanos).reversed());
        int room = MermaidText.MOST_CHARACTERS - text(List.of(), "").length() - MOST_OF_SECTIONS;
        List<Bar> shown = new ArrayList<>();
        for (Bar bar : longest.subList(0, Math.min(MOST_BARS, longest.size()))) {
            room -= bar.line().length();
            if (room < 0) {
                break;
            }
            shown.add(bar);
        }
        int left = merged.size() - shown.size();
        return text(shown, left == 0 ? "" : "%% " + left + " shorter bars are left out: the page shows all\n");
    }

    private String text(List<Bar> bars, String remark) {
        StringBuilder out = new StringBuilder("%% " + analysis.sentence() + "\n" + remark);
        out.append("%% red: failed; highlighted: on the critical path; grey: passed; else: waits at its gate\n");
        out.append("gantt\n  title Order of tests\n  dateFormat YYYY-MM-DD HH:mm:ss.SSS\n  axisFormat ")
                .append(axis())
                .append("\n  todayMarker off\n");
        for (String worker : analysis.workers().stream().limit(MOST_SECTIONS).toList()) {
            List<Bar> mine = bars.stream()
                    .filter(bar -> bar.worker().equals(worker))
                    .sorted(Comparator.comparingLong(Bar::from).thenComparingLong(Bar::to))
                    .toList();
            if (!mine.isEmpty()) {
                out.append("  section ").append(MermaidText.escaped(worker)).append('\n');
                mine.forEach(bar -> out.append(bar.line()));
            }
        }
        return out.toString();
    }

    private String axis() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(analysis.report().nanos());
        return seconds < 1 ? "%L ms" : seconds < 60 ? "%S.%L s" : "%M:%S";
    }

    private List<Bar> ofTests() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < analysis.report().tests().size(); i++) {
            var row = analysis.row(i);
            boolean waited = row.waited() >= 0
                    && row.started() - row.waited() > analysis.report().nanos() / SEEN
                    && !row.worker().isEmpty();
            if (waited) {
                int on = analysis.waitedFor(i);
                String name = analysis.shortName(i) + " waits" + (on < 0 ? "" : " for " + analysis.shortName(on));
                bars.add(new Bar(row.worker(), row.waited(), row.started(), name, ""));
            }
            if (analysis.isTest(i) && row.started() >= 0 && row.finished() >= 0) {
                bars.add(new Bar(row.worker(), row.started(), row.finished(), name(i), tag(i)));
            }
        }
        return bars;
    }

    private String name(int test) {
        String outcome = analysis.outcome(test);
        return analysis.shortName(test) + (outcome.equals("passed") ? "" : " (" + outcome + ")");
    }

    private String tag(int test) {
        String critical = analysis.critical().contains(test) ? "active, " : "";
        return analysis.outcome(test).equals("failed") ? "crit, " + critical : critical.isEmpty() ? "done, " : critical;
    }

    private List<Bar> merged() {
        List<Bar> bars = new ArrayList<>();
        for (String worker : analysis.workers()) {
            List<Integer> tests = analysis.tests().stream()
                    .filter(test -> analysis.row(test).worker().equals(worker)
                            && analysis.row(test).started() >= 0
                            && analysis.row(test).finished() >= 0)
                    .sorted(Comparator.comparingLong(test -> analysis.row(test).started()))
                    .toList();
            for (int first = 0, next; first < tests.size(); first = next) {
                int parent = analysis.row(tests.get(first)).node().parent();
                next = first + 1;
                while (next < tests.size()
                        && parent >= 0
                        && analysis.row(tests.get(next)).node().parent() == parent) {
                    next++;
                }
                bars.add(merged(worker, tests.subList(first, next)));
            }
        }
        return bars;
    }

    private Bar merged(String worker, List<Integer> tests) {
        int first = tests.get(0);
        long from = analysis.row(first).started();
        long to = tests.stream()
                .mapToLong(test -> analysis.row(test).finished())
                .max()
                .orElse(from);
        if (tests.size() == 1) {
            return new Bar(worker, from, to, name(first), tag(first));
        }
        long failed = tests.stream()
                .filter(test -> analysis.outcome(test).equals("failed"))
                .count();
        String name = analysis.shortName(analysis.row(first).node().parent()) + ", " + tests.size() + " tests"
                + (failed == 0 ? "" : ", " + failed + " failed");
        return new Bar(worker, from, to, name, failed == 0 ? "done, " : "crit, ");
    }
}
