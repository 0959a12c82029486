package org.concurrentharness.report;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON (RFC 8259). What could end a script element or start an entity is escaped, so that a text may stand inside HTML as
 * it is.
 */
final class Json {
    /** Down to this depth each member has a line of its own, below it a value is one line: a step of a trace is one. */
    private static final int LINES_TO_DEPTH = 2;

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** Returns the text of a value: a map with texts as keys, a collection, a text, a number, or a boolean. */
    static String text(Object value) {
        Json json = new Json();
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    /** Returns the text of a value in one line. */
    static String line(Object value) {
        Json json = new Json();
        json.value(value, LINES_TO_DEPTH + 1);
        return json.out.toString();
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            members(map, depth);
        } else if (value instanceof Collection<?> collection) {
            elements(collection, depth);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Raw raw) {
            out.append(raw.text());
        } else {
            string(value.toString());
        }
    }

    /** A value that is JSON already. */
    record Raw(String text) {}

    private void members(Map<?, ?> map, int depth) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(depth + 1);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), depth + 1);
            separator(entries.hasNext(), depth);
        }
        end(!map.isEmpty(), depth, '}');
    }

    private void elements(Collection<?> collection, int depth) {
        out.append('[');
        Iterator<?> elements = collection.iterator();
        boolean lines = false;
        while (elements.hasNext()) {
            Object element = elements.next();
            lines |= element instanceof Map || element instanceof Raw;
            if (lines) {
                newLine(depth + 1);
            }
            value(element, lines ? depth + 1 : LINES_TO_DEPTH + 1);
            if (elements.hasNext()) {
                out.append(lines && depth < LINES_TO_DEPTH ? "," : ", ");
            }
        }
        end(lines, depth, ']');
    }

    private void separator(boolean more, int depth) {
        if (more) {
            out.append(depth < LINES_TO_DEPTH ? "," : ", ");
        }
    }

    private void end(boolean lines, int depth, char bracket) {
        if (lines && depth < LINES_TO_DEPTH) {
            newLine(depth);
        }
        out.append(bracket);
    }

    private void newLine(int depth) {
        if (depth <= LINES_TO_DEPTH) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isSafe(text, i)) {
                        out.append(c);
                    } else {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isSafe(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        // U+2028 and U+2029 end a line of a script.
        return c >= ' '
                && c != '<'
                && c != '>'
                && c != '&'
                && c != '\u007f'
                && c != '\u2028'
                && c != '\u2029'
                && c != '\ufeff';
    }
}
