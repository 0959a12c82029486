package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.TraceStep;

/** Reduces a trace to the rows that matter: what only one thread can see is folded, and so are loops. */
final class Interleaving {
    /** Several threads touched it. */
    private static final int SHARED = -2;

    private static final int LONGEST_LOOP = 12;
    /** From so many rounds on, a loop is folded even though its values differ. */
    private static final int MANY_ROUNDS = 4;

    /** What one thread does to another is worth a row even though only one of them touches the object. */
    private static final Pattern BETWEEN_THREADS = Pattern.compile("\\b(start|join|interrupt|unpark)\\b");

    /**
     * One row.
     *
     * @param number the number of its first step, 0 for a remark between the rows
     * @param thread the number of the thread, -1 for a remark between the rows
     * @param where the source line, empty for none
     * @param steps how many steps of the trace it stands for
     */
    record Row(
            int number,
            int thread,
            boolean preempted,
            String where,
            String what,
            String value,
            boolean blocked,
            int times,
            int steps) {
        static Row remark(String what, int steps) {
            return new Row(0, -1, false, "", what, "", false, 1, steps);
        }

        /** Returns true when {@code later} repeats this row; the first round of a loop may begin with a preemptive switch. */
        boolean repeatedBy(Row later, boolean values) {
            return thread == later.thread
                    && where.equals(later.where)
                    && what.equals(later.what)
                    && blocked == later.blocked
                    && (preempted || !later.preempted)
                    && (!values || value.equals(later.value));
        }

        String text(Glyphs glyphs) {
            return what
                    + (value.isEmpty() ? "" : " " + glyphs.arrow + " " + value)
                    + (blocked ? " (blocked)" : "")
                    + (times > 1 ? " " + glyphs.times + times : "");
        }
    }

    private final Glyphs glyphs;
    private final int valueLength;

    private Interleaving(Glyphs glyphs, int valueLength) {
        this.glyphs = glyphs;
        this.valueLength = valueLength;
    }

    static List<Row> rows(FailureStory story, List<String> names, Glyphs glyphs, int valueLength) {
        Interleaving interleaving = new Interleaving(glyphs, valueLength);
        return interleaving.foldLoops(interleaving.foldUnshared(story, names));
    }

    /** Returns a row for each step, nothing folded. */
    static List<Row> everyStep(FailureStory story, Glyphs glyphs, int valueLength) {
        Interleaving interleaving = new Interleaving(glyphs, valueLength);
        return story.trace().stream().map(interleaving::row).toList();
    }

    private List<Row> foldUnshared(FailureStory story, List<String> names) {
        List<TraceStep> trace = story.trace();
        Map<String, Integer> touchedBy = touchedBy(trace);
        // What a thread spins on is the point of a livelock, and a lone thread shares nothing with anybody.
        boolean fold = story.kind() != Failure.Kind.LIVELOCK
                && trace.stream().mapToInt(TraceStep::thread).distinct().count() > 1;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < trace.size(); ) {
            TraceStep first = trace.get(i);
            int end = i;
            while (fold
                    && end < trace.size() - 1
                    && trace.get(end).thread() == first.thread()
                    && unshared(trace.get(end), touchedBy)) {
                end++;
            }
            if (end - i < 2) {
                rows.add(row(first));
                i++;
            } else {
                String what = glyphs.ellipsis + " " + (end - i) + " steps of " + names.get(first.thread())
                        + " on nothing shared";
                rows.add(new Row(first.number(), first.thread(), false, "", what, "", false, 1, end - i));
                i = end;
            }
        }
        return rows;
    }

    private static Map<String, Integer> touchedBy(List<TraceStep> trace) {
        Map<String, Integer> touchedBy = new HashMap<>();
        for (TraceStep step : trace) {
            touchedBy.merge(step.object(), step.thread(), (one, other) -> one.equals(other) ? one : SHARED);
        }
        return touchedBy;
    }

    private static boolean unshared(TraceStep step, Map<String, Integer> touchedBy) {
        return !step.object().isEmpty()
                && !step.preempted()
                && !step.blocked()
                && touchedBy.getOrDefault(step.object(), SHARED) != SHARED
                && !BETWEEN_THREADS.matcher(step.operation()).find();
    }

    private Row row(TraceStep step) {
        return new Row(
                step.number(),
                step.thread(),
                step.preempted(),
                where(step),
                what(step),
                glyphs.clip(step.value().orElse(""), valueLength),
                step.blocked(),
                1,
                1);
    }

    private String where(TraceStep step) {
        String file = step.fileName().isEmpty() ? simpleName(step.className()) : step.fileName();
        return glyphs.clip(file, 60) + (step.line() > 0 ? ":" + step.line() : "");
    }

    private String what(TraceStep step) {
        return glyphs.clip(named(step.operation(), step.object()), 120);
    }

    /** Names the object in the operation: "read Accounts.Account.balance" of Account#1 is "read Account#1.balance". */
    private static String named(String operation, String object) {
        if (object.isEmpty() || operation.contains(object)) {
            return operation;
        }
        int hash = object.indexOf('#');
        String type = (hash < 0 ? object : object.substring(0, hash)) + ".";
        String[] words = operation.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            int at = ("." + words[i]).indexOf("." + type);
            if (at >= 0) {
                words[i] = object + words[i].substring(at + type.length() - 1);
                return String.join(" ", words);
            }
        }
        return operation + " (" + object + ")";
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private List<Row> foldLoops(List<Row> rows) {
        List<Row> folded = new ArrayList<>();
        for (int i = 0; i < rows.size(); ) {
            int length = 0;
            int rounds = 1;
            int saved = 0;
            for (int candidate = 1; candidate <= LONGEST_LOOP; candidate++) {
                int found = rounds(rows, i, candidate);
                int lines = candidate == 1 ? 1 : candidate + 1;
                if (found * candidate - lines > saved) {
                    saved = found * candidate - lines;
                    length = candidate;
                    rounds = found;
                }
            }
            if (length == 0) {
                folded.add(rows.get(i));
                i++;
            } else {
                fold(rows.subList(i, i + length * rounds), length, rounds, folded);
                i += length * rounds;
            }
        }
        return folded;
    }

    /** Returns how often the rows from {@code start} on repeat with the given period. */
    private static int rounds(List<Row> rows, int start, int period) {
        int sameValues = rounds(rows, start, period, true);
        int otherValues = rounds(rows, start, period, false);
        return otherValues >= MANY_ROUNDS ? otherValues : sameValues;
    }

    private static int rounds(List<Row> rows, int start, int period, boolean values) {
        int end = start + period;
        while (end < rows.size() && rows.get(start + (end - start) % period).repeatedBy(rows.get(end), values)) {
            end++;
        }
        return Math.max(1, (end - start) / period);
    }

    private void fold(List<Row> loop, int length, int rounds, List<Row> target) {
        boolean sameValues = rounds(loop, 0, length, true) == rounds;
        if (length == 1) {
            Row first = loop.get(0);
            String value = sameValues
                    ? first.value()
                    : first.value() + " " + glyphs.ellipsis + " "
                            + loop.get(rounds - 1).value();
            int steps = loop.stream().mapToInt(Row::steps).sum();
            target.add(new Row(
                    first.number(),
                    first.thread(),
                    first.preempted(),
                    first.where(),
                    first.what(),
                    value,
                    first.blocked(),
                    rounds,
                    steps));
            return;
        }
        target.addAll(loop.subList(0, length));
        int steps =
                loop.subList(length, loop.size()).stream().mapToInt(Row::steps).sum();
        target.add(Row.remark(
                glyphs.ellipsis + " these " + length + " rows " + rounds + " times in all"
                        + (sameValues ? "" : ", with other values"),
                steps));
    }
}
