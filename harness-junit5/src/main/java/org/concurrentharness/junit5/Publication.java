package org.concurrentharness.junit5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Verdict;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells JUnit what a campaign has done: as report entries, and its files as attachments. */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentTest.class);
    private static final Map<String, MediaType> MEDIA_TYPES = Map.of(
            "html", MediaType.create("text", "html", StandardCharsets.UTF_8),
            "txt", MediaType.TEXT_PLAIN_UTF_8,
            "json", MediaType.APPLICATION_JSON);

    /** Plain: to say it twice does no harm. */
    private static boolean cannotAttach;

    private Publication() {}

    static void of(Exploration exploration, ExtensionContext context) {
        context.publishReportEntry(entries(exploration));
        attach(exploration.reports(), "campaign", context);
        warn(exploration, context.getDisplayName());
    }

    /** Tells of a test that is not one of Jupiter's. */
    static void of(Exploration exploration, TestDescriptor test, ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        listener.reportingEntryPublished(test, ReportEntry.from(entries(exploration)));
        attach(exploration.reports(), "campaign", (name, type, file) -> {
            Path target = request.getOutputDirectoryCreator()
                    .createOutputDirectory(test)
                    .resolve(name);
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            listener.fileEntryPublished(test, FileEntry.from(target, type.toString()));
        });
        warn(exploration, test.getDisplayName());
    }

    private static Map<String, String> entries(Exploration exploration) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("harness.verdict", exploration.verdict().name());
        entries.put("harness.executions", Integer.toString(exploration.executions()));
        entries.put("harness.distinct", Integer.toString(exploration.distinct()));
        if (!exploration.coverage().text().isEmpty()) {
            entries.put("harness.coverage", exploration.coverage().text());
        }
        entries.put("harness.seed", Long.toString(exploration.seed()));
        entries.put("harness.trace", Long.toHexString(exploration.traceHash()));
        entries.put("harness.millis", Long.toString(exploration.elapsed().toMillis()));
        exploration
                .failure()
                .map(Failure::replayToken)
                .filter(token -> !token.isEmpty())
                .ifPresent(token -> entries.put("harness.replay", token));
        if (!exploration.notes().isEmpty()) {
            entries.put("harness.notes", String.join(System.lineSeparator(), exploration.notes()));
        }
        return entries;
    }

    private static void warn(Exploration exploration, String test) {
        if (exploration.verdict() == Verdict.INCONCLUSIVE) {
            LOG.atWarn()
                    .addKeyValue("test", test)
                    .addKeyValue("verdict", exploration.verdict())
                    .log("This pass means little: {}", String.join(" ", exploration.notes()));
        }
    }

    /** Attaches the reports to the test, so that whoever reads JUnit's own reports finds them there. */
    static void attach(List<Path> reports, String name, ExtensionContext context) {
        attach(
                reports,
                name,
                (attached, type, file) -> context.publishFile(
                        attached, type, target -> Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING)));
    }

    private static void attach(List<Path> reports, String name, Attaching attaching) {
        for (Path file : reports) {
            String fileName = file.getFileName().toString();
            String end = fileName.substring(fileName.lastIndexOf('.') + 1);
            try {
                attaching.attach(
                        name + "." + end, MEDIA_TYPES.getOrDefault(end, MediaType.APPLICATION_OCTET_STREAM), file);
            } catch (IOException | RuntimeException e) {
                // EngineTestKit and launchers older than the engine have no directory for files: the reports are where
                // they are
                if (!cannotAttach) {
                    cannotAttach = true;
                    LOG.info("Reports are not attached to tests ({}); they are in {}", e.toString(), file.getParent());
                }
                return;
            }
        }
    }

    /** How a file becomes an attachment. */
    @FunctionalInterface
    private interface Attaching {
        void attach(String name, MediaType type, Path file) throws IOException;
    }
}
