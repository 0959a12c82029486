package org.concurrentharness.junit5;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.concurrentharness.junit5.shared.Journal;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/**
 * The run of a class by the engine of hunts.
 *
 * @param outcomes how each test ended, by its name: {@code passed}, the message of what it threw, or why it was skipped
 * @param failures what failed tests threw, by name
 * @param published the entries that tests and classes published, by name
 * @param journal what the cases wrote
 */
record HuntRunResult(
        Map<String, String> outcomes,
        Map<String, Throwable> failures,
        Map<String, Map<String, String>> published,
        List<String> journal) {
    static final String PASSED = "passed";

    static HuntRunResult of(Class<?> testClass, String... keysAndValues) {
        return of(DiscoverySelectors.selectClass(testClass), keysAndValues);
    }

    static HuntRunResult of(DiscoverySelector selector, String... keysAndValues) {
        Map<String, String> parameters = new HashMap<>(Map.of("harness.shared", Journal.class.getPackageName()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        Journal.take();
        EngineExecutionResults results = EngineTestKit.engine(RaceHuntEngine.ID)
                .selectors(selector)
                .configurationParameters(parameters)
                .execute();
        Map<String, String> outcomes = new TreeMap<>();
        Map<String, Throwable> failures = new TreeMap<>();
        Map<String, Map<String, String>> published = new TreeMap<>();
        for (Event event : results.allEvents().list()) {
            String name = event.getTestDescriptor().getDisplayName();
            if (event.getType() == EventType.REPORTING_ENTRY_PUBLISHED) {
                published
                        .computeIfAbsent(name, key -> new HashMap<>())
                        .putAll(event.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                                .getKeyValuePairs());
            } else if (event.getType() == EventType.SKIPPED) {
                outcomes.put(name, event.getRequiredPayload(String.class));
            } else if (event.getType() == EventType.FINISHED) {
                TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
                result.getThrowable().ifPresent(thrown -> failures.put(name, thrown));
                if (event.getTestDescriptor().isTest() || result.getThrowable().isPresent()) {
                    outcomes.put(
                            name,
                            result.getThrowable().map(Throwable::getMessage).orElse(PASSED));
                }
            }
        }
        return new HuntRunResult(outcomes, failures, published, Journal.take());
    }

    /** Returns the message of a test that failed. */
    String failure(String name) {
        Throwable thrown = failures.get(name);
        return thrown == null ? name + " has not failed: " + outcomes : String.valueOf(thrown.getMessage());
    }
}
