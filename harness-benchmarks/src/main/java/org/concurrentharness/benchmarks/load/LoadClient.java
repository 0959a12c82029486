package org.concurrentharness.benchmarks.load;

import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one load test as JUnit does, and prints what it publishes. */
public final class LoadClient {
    private LoadClient() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Class.forName(arguments[0])))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                                for (Map.Entry<String, String> each :
                                        entry.getKeyValuePairs().entrySet()) {
                                    System.out.println(each.getKey() + "="
                                            + each.getValue().replace("\n", "\n  "));
                                }
                            }

                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable().ifPresent(Throwable::printStackTrace);
                            }
                        });
    }
}
