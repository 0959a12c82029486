package org.concurrentharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.order.OrderReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files about tests that depend on each other: a page with the graph and the timeline, the same for Mermaid, and the data; and a
 * line in the summary of the run.
 *
 * @since 0.1
 */
public final class OrderReports {
    private static final Logger LOG = LoggerFactory.getLogger(OrderReports.class);

    /** A JVM may run several plans, each with a graph of its own. */
    private static final AtomicInteger WRITTEN = new AtomicInteger();

    private OrderReports() {}

    /**
     * Writes everything, and logs where it is. Whatever goes wrong is logged, and never thrown. Nothing is written about no tests.
     *
     * @param report what became of the tests
     * @param reportDirectory where to write, or an empty text for where the build keeps what it makes
     * @return what was written, the page first; empty when nothing could be
     */
    public static List<Path> publish(OrderReport report, String reportDirectory) {
        if (report.tests().isEmpty()) {
            return List.of();
        }
        ReportFiles files = ReportFiles.in(reportDirectory);
        // Writing to a channel on an interrupted thread closes it; who was interrupted shall find out, but later.
        boolean interrupted = Thread.interrupted();
        try {
            return write(report, files);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.warn(
                    "The pictures of the order of tests could not be written to {} ({}); set harness.report.dir to a directory that"
                            + " can be written to.",
                    files,
                    e.toString());
            return List.of();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Path> write(OrderReport report, ReportFiles files) throws IOException {
        OrderAnalysis analysis = new OrderAnalysis(report);
        RunSummary summary = RunSummary.in(files.directory());
        String base = "order/" + ProcessHandle.current().pid() + "-" + WRITTEN.incrementAndGet();
        Instant ended = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> links = new LinkedHashMap<>();
        links.put("html", base + ".html");
        links.put("json", base + ".json");
        links.put("graph", base + "-graph.mmd");
        links.put("timeline", base + "-timeline.mmd");
        String json = Json.text(OrderJson.report(analysis, ended, summary.run(), links));
        List<Path> written = List.of(
                files.write(base + ".html", () -> OrderPage.of(analysis, json)),
                files.write(base + ".json", () -> json),
                files.write(base + "-graph.mmd", () -> new MermaidGraph(analysis).text()),
                files.write(base + "-timeline.mmd", () -> new MermaidTimeline(analysis).text()));
        LOG.info("Order of tests: {} Pictures: {}", analysis.sentence(), written.get(0));
        addTo(summary, OrderJson.row(analysis, ended, links));
        return written;
    }

    /** The files are there already: without a summary they are worth no less. */
    private static void addTo(RunSummary summary, Map<String, Object> row) {
        try {
            summary.add(SummaryEntry.ORDER, List.of(row));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The summary of the run could not be written ({})", e.toString());
        }
    }
}
