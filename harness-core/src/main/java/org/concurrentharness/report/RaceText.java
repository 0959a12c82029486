package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.List;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Failure;

/** Tells data races as text: the first one whole, since it is the most harmful, the others in a line each. */
final class RaceText {
    private static final int LONGEST_LINE = 400;

    private final List<DataRace> races;
    private final boolean asFailure;
    private final String harm;
    private final Glyphs glyphs;

    private RaceText(FailureStory story, Glyphs glyphs) {
        this.races = story.races();
        this.asFailure = story.kind() == Failure.Kind.DATA_RACE;
        // the message may have said it
        this.harm = story.message().contains(story.harm()) ? "" : story.harm();
        this.glyphs = glyphs;
    }

    /** Returns every race whole. */
    static List<String> whole(FailureStory story, Glyphs glyphs) {
        return new RaceText(story, glyphs).lines(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * Returns the races, the first one whole when they are what failed.
     *
     * @param frames how many frames of each stack to show at most
     * @param others how many lines the other races get at most
     */
    static List<String> brief(FailureStory story, Glyphs glyphs, int frames, int others) {
        RaceText text = new RaceText(story, glyphs);
        return text.lines(text.asFailure ? 1 : 0, frames, others);
    }

    private List<String> lines(int whole, int frames, int others) {
        List<String> lines = new ArrayList<>();
        if (races.isEmpty()) {
            return lines;
        }
        if (!asFailure) {
            lines.add("On the way " + (races.size() == 1 ? "a data race was" : races.size() + " data races were")
                    + " found:");
        }
        for (int i = 0; i < Math.min(whole, races.size()); i++) {
            if (i > 0) {
                lines.add("");
            }
            addWhole(lines, i, frames);
        }
        int shown = Math.min(whole, races.size());
        int left = races.size() - shown;
        int listed = left <= others ? left : others - 1;
        for (int i = shown; i < shown + listed; i++) {
            DataRace race = races.get(i);
            lines.add(line(
                    number(i) + " on " + race.variable() + ": " + access(race.first()) + ", " + access(race.second())));
        }
        if (listed < left) {
            lines.add(glyphs.ellipsis + " " + Plural.of(left - listed, "data race") + " more (the report file)");
        }
        if (!harm.isBlank()) {
            harm.lines()
                    .filter(text -> !text.isBlank())
                    .limit(3)
                    .map(text -> line("Harm: " + text))
                    .forEach(lines::add);
        }
        return lines;
    }

    private void addWhole(List<String> lines, int index, int frames) {
        DataRace race = races.get(index);
        lines.add(line(number(index) + " on " + race.variable() + ": nothing orders these two accesses"));
        add(lines, race.first(), frames);
        add(lines, race.second(), frames);
        lines.add(line("  " + race.synchronization()));
        lines.add(line("  Mend: " + race.mend()));
    }

    private String number(int index) {
        return "Data race" + (races.size() == 1 ? "" : " " + (index + 1) + " of " + races.size());
    }

    private void add(List<String> lines, DataRace.Access access, int frames) {
        String step = access.step().isPresent() ? " (step " + access.step().getAsInt() + ")" : "";
        lines.add(line("  " + access.operation() + " by " + access.threadName() + step + ", holding "
                + (access.locks().isEmpty() ? "no lock" : String.join(", ", access.locks()))));
        StackTraceElement[] stack = access.stack().isEmpty()
                ? new StackTraceElement[] {access.place()}
                : access.stack().toArray(new StackTraceElement[0]);
        lines.addAll(StackTraceText.frames(stack, "", frames));
        access.started().ifPresent(place -> lines.add(line("    started at " + StackTraceText.text(place))));
    }

    private static String access(DataRace.Access access) {
        return access.operation() + " by " + access.threadName() + " at " + StackTraceText.place(access.place());
    }

    private String line(String text) {
        return glyphs.clip(text, LONGEST_LINE);
    }
}
