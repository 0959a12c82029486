package org.concurrentharness.report;

import java.util.regex.Pattern;

/** What texts for Mermaid have in common: how names are written, and what Mermaid draws at most. */
final class MermaidText {
    /** Mermaid refuses more than 50 000 characters and, in a graph, more than 500 edges, unless it is told otherwise. */
    static final int MOST_CHARACTERS = 48_000;

    static final int MOST_EDGES = 480;

    private static final int LONGEST_NAME = 90;

    /** At the beginning of a line of a timeline these would be taken for something else than a name. */
    private static final Pattern WORD_OF_GANTT = Pattern.compile(
            "(?i)(gantt|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|includes|excludes|todaymarker|week|title|"
                    + "acctitle|accdescr|section|click|href|call|\\d).*",
            Pattern.DOTALL);

    private MermaidText() {}

    /** Returns a text in which nothing has a meaning for Mermaid, or for the browser that shows what it makes of it. */
    static String escaped(String text) {
        String shortened = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME - 1) + "\u2026" : text;
        StringBuilder escaped = new StringBuilder(shortened.length() + 16);
        shortened.codePoints().forEach(c -> {
            if (Character.isWhitespace(c)) {
                escaped.append(' ');
            } else if (Character.isLetterOrDigit(c) || "_-.,()+/=!?\u2026 ".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else if (Character.isDefined(c)
                    && !Character.isISOControl(c)
                    && Character.getType(c) != Character.SURROGATE) {
                escaped.append('#').append(c).append(';');
            } else {
                escaped.append('\ufffd');
            }
        });
        return escaped.toString().strip();
    }

    /** Returns a name of a bar or a section of a timeline. */
    static String escapedForTimeline(String text) {
        String escaped = escaped(text);
        return WORD_OF_GANTT.matcher(escaped).matches()
                ? "#" + (int) escaped.charAt(0) + ";" + escaped.substring(1)
                : escaped;
    }
}
