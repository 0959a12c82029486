package org.concurrentharness.jcstress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the selected tests, all in one fork, and tells JUnit about each. */
final class SuiteExecution {
    private static final Logger LOG = LoggerFactory.getLogger(JcstressEngine.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final ExecutionRequest request;
    private final EngineExecutionListener listener;
    private final Cancellation cancellation;

    SuiteExecution(ExecutionRequest request) {
        this.request = request;
        this.listener = request.getEngineExecutionListener();
        this.cancellation = Cancellation.of(request);
    }

    void execute(List<SuiteContainer> suites) {
        List<SuiteContainer> enabled = new ArrayList<>();
        for (SuiteContainer suite : suites) {
            Optional<String> disabled = Tags.disabled(suite.type());
            if (disabled.isPresent()) {
                listener.executionSkipped(suite, disabled.get());
            } else {
                enabled.add(suite);
            }
        }
        Map<SuiteContainer, SuiteInfo> runnable = new LinkedHashMap<>();
        enabled.forEach(suite -> suite.info().ifPresent(info -> runnable.put(suite, info)));
        Optional<StressRun> run = Optional.empty();
        String fault = "";
        try {
            fault = Preconditions.fault().orElse("");
            if (fault.isEmpty() && !runnable.isEmpty()) {
                StressOptions options = StressOptions.of(
                        key -> request.getConfigurationParameters().get(key));
                run = Optional.of(run(options, runnable));
            }
        } catch (IllegalArgumentException e) {
            fault = String.valueOf(e.getMessage());
        } catch (IOException e) {
            fault = "jcstress could not be run: " + e
                    + ". Its results go to the directory that harness.report.dir names.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fault = "The thread that runs the tests was interrupted, and jcstress was ended.";
        }
        for (SuiteContainer suite : enabled) {
            report(suite, run, fault);
        }
    }

    private StressRun run(StressOptions options, Map<SuiteContainer, SuiteInfo> suites)
            throws IOException, InterruptedException {
        Set<Class<?>> classes = new LinkedHashSet<>();
        suites.keySet().forEach(suite -> classes.add(suite.type()));
        classes.addAll(Preconditions.classesOfForks());
        StressRun run = new StressRun(options, directory(), Preconditions.java(), cancellation);
        run.run(suites.values(), classes);
        return run;
    }

    private Path directory() {
        String asked = request.getConfigurationParameters()
                .get("harness.report.dir")
                .map(String::strip)
                .orElse("");
        boolean gradle = Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
        Path reports = Path.of(asked.isEmpty() ? (gradle ? "build/harness" : "target/harness") : asked);
        String name = LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + "-"
                + ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
        return reports.resolve("jcstress").resolve(name);
    }

    private void report(SuiteContainer suite, Optional<StressRun> run, String fault) {
        if (cancellation.getAsBoolean()) {
            listener.executionSkipped(suite, "The run was cancelled.");
            return;
        }
        listener.executionStarted(suite);
        listener.executionStarted(suite.test());
        Optional<String> failure;
        if (!fault.isEmpty()) {
            failure = Optional.of(fault);
        } else if (suite.info().isPresent() && run.isPresent()) {
            publish(suite, suite.info().get(), run.get());
            failure = Verdict.failure(suite.info().get(), run.get());
        } else {
            failure = Optional.of(Preconditions.notProcessed(suite.type()));
        }
        listener.executionFinished(
                suite.test(),
                failure.map(message -> TestExecutionResult.failed(failure(suite, message)))
                        .orElseGet(TestExecutionResult::successful));
        listener.executionFinished(suite, TestExecutionResult.successful());
    }

    private static JcstressFailure failure(SuiteContainer suite, String message) {
        String method = suite.test()
                .getSource()
                .map(MethodSource.class::cast)
                .map(MethodSource::getMethodName)
                .orElse("");
        return new JcstressFailure(suite.type(), method, message);
    }

    private void publish(SuiteContainer suite, SuiteInfo info, StressRun run) {
        SuiteResult result = run.result(info);
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("harness.jcstress.samples", Long.toString(result.samples()));
        entries.put("harness.jcstress.outcomes", System.lineSeparator() + Histogram.of(result));
        if (!result.interesting().isEmpty()) {
            entries.put(
                    "harness.jcstress.interesting",
                    String.join(
                            ", ",
                            result.interesting().stream()
                                    .map(row -> "\"" + row.state() + "\" (" + row.description() + "), "
                                            + Histogram.number(row.count()) + " times")
                                    .toList()));
        }
        Verdict.doubt(info, run).ifPresent(doubt -> {
            entries.put("harness.jcstress.doubt", doubt);
            LOG.warn("{}: {}", info.binaryName(), doubt);
        });
        entries.put(
                "harness.jcstress.report",
                run.pages(info).isEmpty()
                        ? run.directory().toString()
                        : run.pages(info).get(0).toString());
        listener.reportingEntryPublished(suite.test(), ReportEntry.from(entries));
        attach(suite, run.pages(info));
    }

    private void attach(SuiteContainer suite, List<Path> pages) {
        if (pages.isEmpty()) {
            return;
        }
        try {
            Path target = request.getOutputDirectoryCreator().createOutputDirectory(suite.test());
            for (int i = 0; i < pages.size(); i++) {
                Path copy = target.resolve(i == 0 ? "jcstress.html" : "jcstress-" + (i + 1) + ".html");
                Files.copy(pages.get(i), copy, StandardCopyOption.REPLACE_EXISTING);
                listener.fileEntryPublished(suite.test(), FileEntry.from(copy, "text/html"));
            }
        } catch (IOException | RuntimeException e) {
            // whoever runs engines without a launcher has no directory for files: the page is where jcstress wrote it
            LOG.debug("The report of {} is not attached", suite.type().getName(), e);
        }
    }
}
