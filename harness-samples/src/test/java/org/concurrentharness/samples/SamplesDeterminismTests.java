package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.concurrentharness.explore.CarrierKind;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Every sample does the same for the same seed: twice in one JVM, and on both carriers. */
class SamplesDeterminismTests {
    private static final String SAMPLES =
            ".*\\.(BankTransfer|BoundedBuffer|Cache|Deadlock|ExecutorShutdown|LazySingleton|Reservations|VisitCounter)Tests.*";

    @Test
    void sameSeedSameTraces() {
        Map<String, String> first = traces(CarrierKind.AUTO);

        assertThat(first).hasSizeGreaterThanOrEqualTo(12);
        assertThat(traces(CarrierKind.AUTO)).isEqualTo(first);
        assertThat(traces(CarrierKind.THREADS)).isEqualTo(first);
    }

    /** Returns the hash of all traces and the number of executions, by test. */
    private static Map<String, String> traces(CarrierKind carrier) {
        Map<String, String> traces = new ConcurrentHashMap<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                Map<String, String> values = entry.getKeyValuePairs();
                if (values.containsKey("harness.trace")) {
                    traces.put(
                            test.getUniqueId(),
                            values.get("harness.trace") + " in " + values.get("harness.executions"));
                }
            }
        };
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(SamplesDeterminismTests.class.getPackageName()))
                .filters(ClassNameFilter.includeClassNamePatterns(SAMPLES))
                .configurationParameter("harness.seed", "42")
                .configurationParameter("harness.executions", "200")
                .configurationParameter("harness.budget", "5m")
                .configurationParameter("harness.carrier", carrier.name())
                .build();
        LauncherFactory.create().execute(request, listener);
        return new TreeMap<>(traces);
    }
}
