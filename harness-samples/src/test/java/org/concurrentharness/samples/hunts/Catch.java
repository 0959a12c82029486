package org.concurrentharness.samples.hunts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Failure;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What a hunt has caught against one version of its library.
 *
 * @param hunt the name of the hunt
 * @param library the library and its version
 * @param result what JUnit says
 * @param figures what the harness has published: the verdict, the executions, the time
 */
record Catch(String hunt, String library, TestExecutionResult result, Map<String, String> figures) {
    /** Where the build puts the libraries with bugs, one directory for each hunt. */
    private static final Path LIBRARIES = Path.of("target", "hunts");

    /** Runs a hunt against the version on the class path. */
    static Catch withFixedVersion(Class<?> hunt, String library, Map<String, String> settings) {
        return run(hunt, library, settings);
    }

    /** Runs a hunt against the version with the bug: a second copy of the test, from a class loader that has that library. */
    static Catch withBug(Class<?> hunt, String library, Map<String, String> settings)
            throws IOException, ClassNotFoundException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(LIBRARIES.resolve(hunt.getSimpleName()))) {
            jars.sorted().map(Catch::url).forEach(urls::add);
        }
        urls.add(hunt.getProtectionDomain().getCodeSource().getLocation());
        try (LibraryClassLoader loader = new LibraryClassLoader(urls.toArray(new URL[0]), hunt.getClassLoader())) {
            return run(Class.forName(hunt.getName(), false, loader), library, settings);
        }
    }

    private static Catch run(Class<?> hunt, String library, Map<String, String> settings) {
        List<TestExecutionResult> results = new ArrayList<>();
        Map<String, String> figures = new LinkedHashMap<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.add(result);
                }
            }

            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                figures.putAll(entry.getKeyValuePairs());
            }
        };
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(hunt))
                .configurationParameters(settings)
                .build();
        LauncherFactory.create().execute(request, listener);
        if (results.size() != 1) {
            throw new IllegalStateException(hunt.getName() + " should be one test, but " + results.size() + " ran.");
        }
        return new Catch(hunt.getSimpleName(), library, results.get(0), figures);
    }

    /** Returns what was found, if the hunt has failed by the harness's doing. */
    Optional<Failure> failure() {
        return result.getThrowable()
                .filter(ConcurrencyFailure.class::isInstance)
                .flatMap(thrown -> ((ConcurrencyFailure) thrown).exploration().failure());
    }

    int executions() {
        return Integer.parseInt(figures.getOrDefault("harness.executions", "0"));
    }

    long millis() {
        return Long.parseLong(figures.getOrDefault("harness.millis", "0"));
    }

    @Override
    public String toString() {
        String found = failure()
                .map(failure -> "FOUND " + failure.kind())
                .orElseGet(() -> figures.getOrDefault("harness.verdict", "did not run"));
        String what = failure()
                .map(failure -> failure.cause().map(Throwable::toString).orElse(failure.message()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%-17s %-22s %-16s %5d executions %6d ms  %s",
                hunt,
                library,
                found,
                executions(),
                millis(),
                what.lines().findFirst().orElse(""));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
