package org.concurrentharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixture in the summary of a run.
 *
 * @param name its name
 * @param scope what it was there for: the run, a group or a class
 * @param creation how long it took to create
 * @param thread the thread that created it, or an empty text if none did
 * @param uses how often it was used
 * @param waits how many times a thread waited for it
 * @param longestWait how long the most patient one did
 * @param longestWaiter the name of that thread; empty if none waited
 * @param end how it ended: how long it took to close, or why it could not be created or closed
 * @param failed whether it could not be created or closed
 * @since 0.1
 */
public record FixtureRow(
        String name,
        String scope,
        Duration creation,
        String thread,
        int uses,
        int waits,
        Duration longestWait,
        String longestWaiter,
        String end,
        boolean failed) {
    private static final Logger LOG = LoggerFactory.getLogger(FixtureRow.class);

    /** Adds fixtures to the summary in a directory. What cannot be written is logged, and never thrown. */
    public static void addToSummary(List<FixtureRow> rows, Path reportDirectory) {
        // Writing to a channel on an interrupted thread closes it; who was interrupted shall find out, but later.
        boolean interrupted = Thread.interrupted();
        try {
            RunSummary.in(reportDirectory)
                    .add(
                            SummaryEntry.FIXTURE,
                            rows.stream().map(FixtureRow::json).toList());
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The summary of the run could not be written to {} ({})", reportDirectory, e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("scope", scope);
        json.put("pid", ProcessHandle.current().pid());
        json.put("creationNanos", creation.toNanos());
        if (!thread.isEmpty()) {
            json.put("thread", thread);
        }
        json.put("uses", uses);
        json.put("waits", waits);
        json.put("longestWaitNanos", longestWait.toNanos());
        if (!longestWaiter.isEmpty()) {
            json.put("longestWaiter", longestWaiter);
        }
        json.put("end", end);
        if (failed) {
            json.put("failed", true);
        }
        return json;
    }
}
