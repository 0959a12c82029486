package org.concurrentharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.concurrentharness.explore.Exploration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files about a campaign that has ended: a page for people, data for machines, and its line in the summary of the run. The
 * text of a failure is on disk before.
 *
 * @param files what was written, for people first; empty when nothing could be
 * @param text what to add to the text of a failure: where the page is, or why there is none
 * @since 0.1
 */
public record CampaignReport(List<Path> files, String text) {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignReport.class);

    /** The directories that could not be written to and of which that was said: once is enough. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    /** Copies the list. */
    public CampaignReport {
        files = List.copyOf(files);
    }

    /**
     * Writes everything about a campaign. Whatever goes wrong is told in the text or logged, and never thrown.
     *
     * @param test the name of the test
     * @param directory where to write, or an empty text for where the build keeps what it makes
     */
    public static CampaignReport write(String test, Exploration exploration, String directory) {
        return write(test, exploration, directory, Path.of(""));
    }

    /** Looks for sources in the given project. */
    static CampaignReport write(String test, Exploration exploration, String directory, Path project) {
        ReportFiles reports = ReportFiles.in(directory);
        // Writing to a channel on an interrupted thread closes it; who was interrupted shall find out, but later.
        boolean interrupted = Thread.interrupted();
        try {
            return write(test, exploration, reports, project);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return notWritten(exploration, reports, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static CampaignReport write(String test, Exploration exploration, ReportFiles reports, Path project)
            throws IOException {
        boolean failed = exploration.failure().isPresent();
        // A pass never replaces what is known about a failure: it may be luck.
        String base = ReportFiles.baseName(test) + (failed ? "" : "-passed");
        Instant ended = Instant.now();
        RunSummary summary = RunSummary.in(reports.directory());
        Map<String, Object> campaign = CampaignJson.campaign(test, exploration, ended, summary.run());
        List<Path> files = new ArrayList<>();
        Map<String, String> links = new LinkedHashMap<>();
        Path page = reports.write(base + ".html", () -> CampaignPage.of(test, exploration, campaign, project));
        files.add(page);
        links.put("html", page.getFileName().toString());
        Path text = reports.directory().resolve(base + ".txt");
        if (failed && Files.exists(text)) {
            files.add(text);
            links.put("text", text.getFileName().toString());
        }
        Path data = reports.write(base + ".json", () -> Json.text(campaign));
        files.add(data);
        links.put("json", data.getFileName().toString());
        Map<String, Object> row = CampaignJson.row(test, exploration, ended);
        row.put("files", links);
        addTo(summary, test, exploration, row);
        return new CampaignReport(files, "Step through it in a browser: " + page + "\n");
    }

    /** The files are there already: without a summary they are worth no less. */
    private static void addTo(RunSummary summary, String test, Exploration exploration, Map<String, Object> row) {
        try {
            summary.add(test, exploration, row);
        } catch (IOException | UncheckedIOException e) {
            if (SAID.add("summary")) {
                LOG.warn("The summary of the run could not be written ({})", e.toString());
            }
        }
    }

    private static CampaignReport notWritten(Exploration exploration, ReportFiles reports, Throwable problem) {
        String sentence = "The page and the data of the campaign could not be written to " + reports + " (" + problem
                + "); set harness.report.dir to a directory that can be written to.";
        boolean said = exploration
                .failure()
                .map(failure -> failure.report().contains("could not be written"))
                .orElse(false);
        if (exploration.failure().isEmpty() && SAID.add(reports.toString())) {
            LOG.warn(sentence);
        }
        return new CampaignReport(List.of(), said ? "" : sentence + "\n");
    }
}
