package org.concurrentharness.junit5;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of test classes as a build tool does it: one launcher session, in it one execution and maybe reruns. */
record FixtureRun(List<Throwable> failures, int succeeded, int aborted, String report) {
    static FixtureRun of(Path reports, int executions, Map<String, String> parameters, Class<?>... classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        Stream.of(classes).map(DiscoverySelectors::selectClass).toList())
                .configurationParameters(parameters)
                .configurationParameter("harness.report.dir", reports.toString())
                .build();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger aborted = new AtomicInteger();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                switch (result.getStatus()) {
                    case FAILED -> failures.add(result.getThrowable().orElseThrow());
                    case ABORTED -> aborted.incrementAndGet();
                    case SUCCESSFUL -> {
                        if (test.isTest()) {
                            succeeded.incrementAndGet();
                        }
                    }
                }
            }
        };
        try (LauncherSession session = LauncherFactory.openSession()) {
            for (int i = 0; i < executions; i++) {
                session.getLauncher().execute(request, listener);
            }
        }
        return new FixtureRun(List.copyOf(failures), succeeded.get(), aborted.get(), report(reports));
    }

    /** Returns the report, and removes it for the next run. */
    private static String report(Path reports) {
        Path file = reports.resolve("fixtures").resolve(ProcessHandle.current().pid() + ".txt");
        try {
            String report = Files.exists(file) ? Files.readString(file) : "";
            Files.deleteIfExists(file);
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
