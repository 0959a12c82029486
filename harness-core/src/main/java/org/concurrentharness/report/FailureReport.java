package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.concurrentharness.explore.TraceStep;

/**
 * Tells a failure to a reader of the console: what failed, the interleaving that breaks it, and how to replay it.
 *
 * @since 0.1
 */
public final class FailureReport {
    private static final int LINES = 60;
    private static final int VALUE = 40;
    private static final int WHOLE_VALUE = 400;

    /** A message keeps its remedy, which stands at the end; a runaway one is cut. */
    private static final int LONGEST_LINE = 2_000;

    /** The bounds on the sections: first what they get, then, when the table would have less than its due, what is left. */
    private static final Bounds GENEROUS = new Bounds(5, 12, 12, 4, 3, 4);

    private static final Bounds SCARCE = new Bounds(4, 8, 7, 3, 1, 2);
    private static final Bounds NONE = new Bounds(10_000, 10_000, 10_000, 10_000, 10_000, 10_000);
    private static final int DUE_TO_THE_TABLE = 20;

    private record Bounds(int message, int details, int stack, int notes, int frames, int races) {}

    private final FailureStory story;
    private final Glyphs glyphs;
    private final List<String> names;

    private FailureReport(FailureStory story, Glyphs glyphs) {
        this.story = story;
        this.glyphs = glyphs;
        this.names = names(story);
    }

    /** Returns the report for the console: at most 60 lines, in ASCII where standard output can show no more. */
    public static String text(FailureStory story) {
        return text(story, Glyphs.ofConsole(), LINES);
    }

    /**
     * Keeps a failure for good and returns what to show on the console: the replay token goes to disk first, then the whole
     * report, and whatever goes wrong on the way is told in the text and never thrown.
     *
     * @param directory where to write, or an empty text for where the build keeps what it makes
     */
    public static String publish(FailureStory story, String directory) {
        ReportFiles files = ReportFiles.in(directory);
        files.keepToken(story);
        String text;
        try {
            // two lines are left for where the files are
            text = text(story, Glyphs.ofConsole(), LINES - 2);
        } catch (RuntimeException | Error e) {
            text = bare(story, e);
        }
        try {
            return text + files.write(story) + "\n";
        } catch (RuntimeException | Error e) {
            return text + "The whole report could not be made: " + e.getClass().getName() + "\n";
        }
    }

    /** What must not be lost, put together without anything that could fail again. */
    private static String bare(FailureStory story, Throwable problem) {
        return story.kind() + " in " + story.test() + "\n" + story.message() + "\nReplay token: " + story.replayToken()
                + "\nThe report could not be made: " + problem.getClass().getName() + "\n";
    }

    /** Returns the report without a bound on its lines, and behind it every step of the trace, nothing folded. */
    static String full(FailureStory story) {
        String text = text(story, Glyphs.UNICODE, Integer.MAX_VALUE);
        if (story.trace().isEmpty()) {
            return text;
        }
        List<Interleaving.Row> steps = Interleaving.everyStep(story, Glyphs.UNICODE, WHOLE_VALUE);
        List<String> lines =
                InterleavingTable.list(steps, names(story), Glyphs.UNICODE).lines(Integer.MAX_VALUE);
        return text + "\nEvery step:\n" + String.join("\n", lines) + "\n";
    }

    static String text(FailureStory story, Glyphs glyphs, int limit) {
        FailureReport report = new FailureReport(story, glyphs);
        if (limit == Integer.MAX_VALUE) {
            return report.text(NONE, limit);
        }
        int room = limit - report.lines(GENEROUS, 0).size();
        return report.text(room >= DUE_TO_THE_TABLE || story.trace().isEmpty() ? GENEROUS : SCARCE, limit);
    }

    private String text(Bounds bounds, int limit) {
        int room = limit - lines(bounds, 0).size();
        return String.join("\n", lines(bounds, room)) + "\n";
    }

    /** Returns the lines of the report with a table of at most {@code tableLines}; without a table for 0. */
    private List<String> lines(Bounds bounds, int tableLines) {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        lines.addAll(bounded(textLines(story.message()), bounds.message()));
        lines.addAll(bounded(
                story.details().stream()
                        .flatMap(detail -> textLines(detail).stream())
                        .map(line -> "  " + line)
                        .toList(),
                bounds.details()));
        section(
                lines,
                bounds == NONE
                        ? RaceText.whole(story, glyphs)
                        : RaceText.brief(story, glyphs, bounds.frames(), bounds.races()));
        if (!story.trace().isEmpty()) {
            lines.add("");
            lines.add("The shortest interleaving found: "
                    + Plural.of(story.trace().size(), "step") + ", "
                    + Plural.of(story.preemptions(), "preemptive switch")
                    + (story.trace().stream().anyMatch(TraceStep::preempted) ? " (marked >)" : ""));
            if (tableLines > 0) {
                lines.addAll(table(bounds == NONE).lines(tableLines));
            }
        }
        story.cause().ifPresent(cause -> section(lines, StackTraceText.lines(cause, glyphs, bounds.stack())));
        section(lines, replay());
        section(
                lines,
                bounded(
                        story.notes().stream()
                                .flatMap(note -> textLines("Note: " + note).stream())
                                .toList(),
                        bounds.notes()));
        return lines;
    }

    private InterleavingTable table(boolean whole) {
        List<Interleaving.Row> rows = Interleaving.rows(story, names, glyphs, whole ? WHOLE_VALUE : VALUE);
        return whole ? InterleavingTable.whole(rows, names, glyphs) : InterleavingTable.compact(rows, names, glyphs);
    }

    private String headline() {
        String what = switch (story.kind()) {
            case EXCEPTION -> "Exception in ";
            case DATA_RACE -> "Data race in ";
            case DEADLOCK -> "Deadlock in ";
            case LIVELOCK -> "Livelock in ";
            case LEAKED_THREAD -> "Leaked thread in ";
            case NOT_LINEARIZABLE -> "Not linearizable: ";
            case NOT_CONTROLLED -> "Not controlled: ";
        };
        return what
                + story.test()
                + (story.executionsRun() > 0 ? ", after " + Plural.of(story.executionsRun(), "execution") : "");
    }

    private List<String> replay() {
        if (story.replayToken().isEmpty()) {
            return story.executionsRun() > 0
                    ? List.of("Seed " + story.seed() + ", execution " + story.execution() + ", on " + story.carrier())
                    : List.of();
        }
        return List.of(
                "Seed " + story.seed() + ", execution " + story.execution() + ", on " + story.carrier()
                        + ", replay token " + story.replayToken(),
                "To run just this interleaving again:",
                "    @" + annotation() + "(replay = \"" + story.replayToken() + "\")",
                "    -Dharness.replay=" + story.replayToken());
    }

    /** The token knows what it replays. */
    private String annotation() {
        return switch (story.replayToken().substring(0, 2)) {
            case "cl" -> "LinearizabilityTest";
            case "cr" -> "RaceHunt";
            default -> "ConcurrentTest";
        };
    }

    private static void section(List<String> lines, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.addAll(content);
        }
    }

    private List<String> textLines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> glyphs.clip(line.stripTrailing().replace("\t", "    "), LONGEST_LINE))
                .toList();
    }

    private List<String> bounded(List<String> lines, int limit) {
        if (lines.size() <= limit) {
            return lines;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, limit - 1));
        kept.add(glyphs.ellipsis + " " + (lines.size() - limit + 1) + " lines more (the report file)");
        return kept;
    }

    /** Returns a name for each thread of the trace, by its number: different ones for different threads. */
    static List<String> names(FailureStory story) {
        int last = story.trace().stream().mapToInt(TraceStep::thread).max().orElse(-1);
        List<String> names = new ArrayList<>(story.threadNames());
        while (names.size() <= last) {
            names.add("");
        }
        for (TraceStep step : story.trace()) {
            if (names.get(step.thread()).isBlank()) {
                names.set(step.thread(), step.threadName());
            }
        }
        Set<String> taken = new LinkedHashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).isBlank() ? "thread " + i : names.get(i);
            names.set(i, taken.add(name) ? name : name + " (" + i + ")");
        }
        return names;
    }
}
