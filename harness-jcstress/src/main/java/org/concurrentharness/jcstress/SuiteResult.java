package org.concurrentharness.jcstress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What jcstress has seen of one test, in all of its JVMs. Filled by one thread. */
final class SuiteResult {
    private final SuiteInfo info;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<Jvm> jvms = new ArrayList<>();

    SuiteResult(SuiteInfo info) {
        this.info = info;
    }

    /**
     * What one JVM has seen.
     *
     * @param options its options, as one text
     * @param error what went wrong in it, on lines; empty when nothing did
     */
    record Jvm(String options, Map<String, Long> counts, String error) {
        long samples() {
            return sum(counts);
        }
    }

    /**
     * A line of the table.
     *
     * @param state what was seen, or what of it was expected and was not seen
     */
    record Row(String state, long count, double share, Expectation expectation, String description) {}

    void add(Jvm jvm) {
        jvms.add(jvm);
        jvm.counts().forEach((state, count) -> counts.merge(state, count, Long::sum));
    }

    SuiteInfo info() {
        return info;
    }

    /** Returns how often actors have run beside each other. */
    long samples() {
        return sum(counts);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the JVMs that brought results, in the order in which they did. */
    List<Jvm> jvms() {
        return List.copyOf(jvms);
    }

    /** Returns the JVMs in which something went wrong. */
    List<Jvm> errors() {
        return jvms.stream().filter(jvm -> !jvm.error().isEmpty()).toList();
    }

    /** Returns all outcomes, seen or named by the test, in the order of their text. */
    List<Row> rows() {
        long samples = samples();
        Map<String, Row> rows = new TreeMap<>();
        List<SuiteInfo.Case> unseen = new ArrayList<>(info.cases());
        counts.forEach((state, count) -> {
            SuiteInfo.Case expected = info.caseOf(state);
            unseen.remove(expected);
            rows.put(
                    state,
                    new Row(state, count, (double) count / samples, expected.expectation(), expected.description()));
        });
        for (SuiteInfo.Case each : unseen) {
            if (!each.pattern().isEmpty()) {
                rows.putIfAbsent(each.pattern(), new Row(each.pattern(), 0, 0, each.expectation(), each.description()));
            }
        }
        return List.copyOf(rows.values());
    }

    /** Returns the outcomes that fail the test. */
    List<Row> forbidden() {
        return rows().stream()
                .filter(row -> row.count() > 0 && row.expectation().fails())
                .toList();
    }

    /** Returns the outcomes that the test wants to be told of. */
    List<Row> interesting() {
        return rows().stream()
                .filter(row -> row.count() > 0 && row.expectation() == Expectation.INTERESTING)
                .toList();
    }

    /** Returns how often an outcome that fails the test was seen in a JVM. */
    long forbiddenIn(Jvm jvm) {
        return jvm.counts().entrySet().stream()
                .filter(entry -> info.caseOf(entry.getKey()).expectation().fails())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
