package org.concurrentharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrentharness.load.BaselineComparison;
import org.concurrentharness.load.LoadLimits;
import org.concurrentharness.load.LoadMetrics;
import org.concurrentharness.load.LoadResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files about a load: a page with plots, and the data; and a line in the summary of the run.
 *
 * @since 0.1
 */
public final class LoadReports {
    private static final Logger LOG = LoggerFactory.getLogger(LoadReports.class);

    private LoadReports() {}

    /** Writes everything about a load without a baseline, as {@link #publish(LoadResult, LoadLimits, BaselineComparison, String)}. */
    public static List<Path> publish(LoadResult result, LoadLimits limits, String reportDirectory) {
        return write(result, limits, null, reportDirectory).files();
    }

    /**
     * Writes everything. Whatever goes wrong is logged, and never thrown. A load that failed has files of its own, that no later try
     * replaces which passes.
     *
     * @param result what came of the load; its name is that of the files
     * @param limits what it had to keep
     * @param comparison how it compares with its baseline
     * @param reportDirectory where to write, or an empty text for where the build keeps what it makes
     * @return what was written, the page first, then the data, and the meters if Micrometer is on the class path; empty when nothing could be
     */
    public static List<Path> publish(
            LoadResult result, LoadLimits limits, BaselineComparison comparison, String reportDirectory) {
        return write(result, limits, comparison, reportDirectory).files();
    }

    /**
     * What was written.
     *
     * @param files the page first; none when nothing could be written
     * @param text where the page is, or why there is none, to be added to a failure
     * @since 0.1
     */
    public record Written(List<Path> files, String text) {
        /** Copies the list. */
        public Written {
            files = List.copyOf(files);
        }
    }

    /** Does what {@link #publish(LoadResult, LoadLimits, BaselineComparison, String)} does, without a comparison too, and says it. */
    public static Written write(
            LoadResult result, LoadLimits limits, @Nullable BaselineComparison comparison, String reportDirectory) {
        ReportFiles files = ReportFiles.in(reportDirectory);
        // Writing to a channel on an interrupted thread closes it; who was interrupted shall find out, but later.
        boolean interrupted = Thread.interrupted();
        try {
            List<Path> written = write(new LoadJson(result, limits, comparison), files);
            String page = "The page: " + written.get(0);
            LOG.info("{}\n{}", result.report(), page);
            return new Written(written, page);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String sentence = "The report of the load " + result.name() + " could not be written to " + files + " (" + e
                    + "); set harness.report.dir to a directory that can be written to.";
            LOG.warn(sentence);
            return new Written(List.of(), sentence);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Path> write(LoadJson load, ReportFiles files) throws IOException {
        RunSummary summary = RunSummary.in(files.directory());
        String key = ReportFiles.baseName(load.name()) + (load.failed() ? "-failed" : "");
        String base = "load/" + key;
        Instant ended = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> links = new LinkedHashMap<>();
        links.put("html", base + ".html");
        links.put("json", base + ".json");
        Optional<String> meters = LoadMetrics.prometheus(load.result());
        meters.ifPresent(text -> links.put("metrics", base + ".prom"));
        String json = Json.text(load.report(ended, summary.run(), links));
        List<Path> written = new ArrayList<>();
        written.add(files.write(base + ".html", () -> page(load, json)));
        written.add(files.write(base + ".json", () -> json));
        if (meters.isPresent()) {
            written.add(files.write(base + ".prom", meters::get));
        }
        try {
            summary.add(SummaryEntry.LOAD, key, load.row(ended, links));
        } catch (IOException | UncheckedIOException e) {
            // The files are there already: without a summary they are worth no less.
            LOG.warn("The summary of the run could not be written ({})", e.toString());
        }
        return List.copyOf(written);
    }

    private static String page(LoadJson load, String json) {
        return Page.of(
                (load.failed() ? "FAILED " : "") + load.name(),
                json,
                load.text(),
                "load.css",
                "percentiles.js",
                "load.js");
    }
}
