package org.concurrentharness.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.concurrentharness.explore.Exploration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The summary of a run in one directory: {@code summary.json} and {@code index.html}.
 *
 * <p>Each JVM appends its rows to a journal of its own, {@code .runs/<run>/<jvm>.rows}, so that no row depends on another JVM, and
 * a JVM that is killed loses none. The summary is made anew from all journals of the run: after a campaign while that is cheap,
 * and at the latest when the JVM ends. A lock on {@code .runs/lock} sees that an older summary never replaces a newer one.
 */
final class RunSummary {
    private static final Logger LOG = LoggerFactory.getLogger(RunSummary.class);
    private static final Map<Path, RunSummary> ALL = new ConcurrentHashMap<>();

    /** Making the summary may take this part of the time, so that long runs do not pay by the square of their campaigns. */
    private static final int SHARE = 20;

    private final Path directory;
    private final Path runs;
    private String run = "";
    private boolean behind;
    private boolean hooked;
    private long lastEnd = System.nanoTime() - Long.MAX_VALUE / 2;
    private long lastCost;

    RunSummary(Path directory) {
        this.directory = directory;
        this.runs = directory.resolve(".runs");
    }

    /** Returns the summary in a directory: one for each in a JVM. */
    static RunSummary in(Path directory) {
        return ALL.computeIfAbsent(directory.toAbsolutePath().normalize(), RunSummary::new);
    }

    /** Returns the run that this JVM's campaigns belong to. */
    synchronized String run() throws IOException {
        if (run.isEmpty()) {
            Files.createDirectories(runs);
            locked(() -> {
                String current = Run.current(runs);
                Path journal = Run.journal(runs, current);
                Files.createDirectories(journal.getParent());
                append(journal, ""); // others that look for this run see that it is alive
                run = current;
            });
        }
        return run;
    }

    /** Adds a campaign; replaces the row of an earlier one of the same test that ended as this one did, failed or not. */
    synchronized void add(String test, Exploration exploration, Map<String, Object> row) throws IOException {
        addLines(new SummaryRow(test, exploration, System.currentTimeMillis(), Json.line(row)).line());
    }

    /** Adds something else that the run has to tell: rows of a kind of {@link SummaryEntry}. */
    synchronized void add(String kind, List<Map<String, Object>> rows) throws IOException {
        long now = System.currentTimeMillis();
        StringBuilder lines = new StringBuilder();
        for (Map<String, Object> row : rows) {
            lines.append(new SummaryEntry(kind, "", now, Json.line(row)).line());
        }
        addLines(lines.toString());
    }

    /** Adds a row of a kind, which replaces an earlier one with the same key: letters, digits, dots, hyphens. */
    synchronized void add(String kind, String key, Map<String, Object> row) throws IOException {
        addLines(new SummaryEntry(kind, key, System.currentTimeMillis(), Json.line(row)).line());
    }

    private void addLines(String lines) throws IOException {
        Path journal = Run.journal(runs, run());
        Files.createDirectories(journal.getParent());
        append(journal, lines);
        behind = true;
        if (System.nanoTime() - lastEnd >= SHARE * lastCost || !atExit()) {
            refresh();
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Returns false when it is too late to do something at the JVM's end. */
    private boolean atExit() {
        if (!hooked) {
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(this::catchUp, "concurrent-harness summary"));
                hooked = true;
            } catch (IllegalStateException e) {
                return false; // the JVM is ending
            }
        }
        return true;
    }

    private synchronized void catchUp() {
        // A directory that is gone was a temporary one.
        if (behind && Files.exists(Run.journal(runs, run))) {
            try {
                refresh();
            } catch (IOException | RuntimeException e) {
                LOG.warn("The summary of the run could not be written to {} ({})", directory, e.toString());
            }
        }
    }

    /** Makes the summary anew from what all JVMs have written. */
    synchronized void refresh() throws IOException {
        long start = System.nanoTime();
        String current = run();
        locked(() -> {
            Summary summary = Summary.read(runs, current);
            replace(directory.resolve("summary.json"), Json.text(summary.json()));
            replace(directory.resolve("index.html"), summary.page());
        });
        behind = false;
        lastEnd = System.nanoTime();
        lastCost = lastEnd - start;
    }

    private interface Action {
        void run() throws IOException;
    }

    private void locked(Action action) throws IOException {
        try (FileChannel channel =
                FileChannel.open(runs.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            try {
                channel.lock(); // released with the channel
            } catch (IOException | OverlappingFileLockException e) {
                // Some file systems have no locks, and the harness may be in the JVM twice. The rows are safe all the
                // same, and
                // the next summary is complete again.
                LOG.debug("No lock on the summary in {}", directory, e);
            }
            action.run();
        }
    }

    /** Whoever reads the file meanwhile sees the old one or the new one, whole. */
    private static void replace(Path file, String text) throws IOException {
        // no temporary file as the JDK makes them, which nobody else may read
        Path made = file.resolveSibling(
                "." + file.getFileName() + "-" + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(made, text);
            try {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
