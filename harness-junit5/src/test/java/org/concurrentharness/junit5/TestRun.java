package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.junit5.shared.Journal;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

/** The run of a test class by JUnit Jupiter, and what its cases wrote into the journal. */
record TestRun(EngineExecutionResults results, List<String> journal) {
    static TestRun of(Class<?> testClass, String... keysAndValues) {
        Map<String, String> parameters =
                new HashMap<>(Map.of("harness.shared", Journal.class.getPackageName(), "harness.executions", "10"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        Journal.take();
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .configurationParameters(parameters)
                .execute();
        return new TestRun(results, Journal.take());
    }

    TestRun assertSucceeded(int tests) {
        assertThat(failures()).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
        return this;
    }

    /** Returns the throwables of all failed tests and containers. */
    List<Throwable> failures() {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }

    /** Returns what the only failed test threw. */
    Throwable failure() {
        assertThat(failures()).hasSize(1);
        return failures().get(0);
    }

    /** Returns the entries that tests published. */
    Map<String, String> published() {
        Map<String, String> entries = new HashMap<>();
        results.testEvents().stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .forEach(event ->
                        entries.putAll(event.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                                .getKeyValuePairs()));
        return entries;
    }

    /** Returns the journal in pieces, each beginning with the given entry; what comes before the first is left out. */
    List<List<String>> journalFrom(String entry) {
        List<List<String>> pieces = new ArrayList<>();
        for (String each : journal) {
            if (each.equals(entry)) {
                pieces.add(new ArrayList<>());
            }
            if (!pieces.isEmpty()) {
                pieces.get(pieces.size() - 1).add(each);
            }
        }
        return pieces;
    }
}
