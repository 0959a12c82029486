package org.concurrentharness.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259): maps with texts as keys, lists, texts, numbers ({@link Double}), booleans, and {@link Optional#empty} for
 * {@code null}. What is not JSON is an {@link IllegalArgumentException} that says where.
 */
final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final Pattern WORD = Pattern.compile("true|false|null");
    private static final int DEEPEST = 100;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.unexpected("the end of the file");
        }
        return value;
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw unexpected("fewer brackets inside each other");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't', 'f', 'n' -> word();
            default -> number();
        };
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        if (skipped('}')) {
            return members;
        }
        do {
            skipSpace();
            int start = at;
            String name = string();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                at = start;
                throw unexpected("a member that is not there already");
            }
        } while (skipped(','));
        expect('}');
        return members;
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        at++;
        if (skipped(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
        } while (skipped(','));
        expect(']');
        return elements;
    }

    private String string() {
        if (peek() != '"') {
            throw unexpected("a text in quotes");
        }
        at++;
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected("the end of a text");
            }
            at++;
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                String digits = text.substring(at, Math.min(text.length(), at + HEX_DIGITS));
                if (!digits.matches("[0-9a-fA-F]{4}")) {
                    throw unexpected("four hexadecimal digits");
                }
                at += HEX_DIGITS;
                yield (char) Integer.parseInt(digits, HEX);
            }
            default -> {
                at--;
                throw unexpected("an escape such as \\n");
            }
        };
    }

    private Object word() {
        return switch (match(WORD, "a value")) {
            case "true" -> true;
            case "false" -> false;
            default -> Optional.empty();
        };
    }

    private Double number() {
        return Double.valueOf(match(NUMBER, "a value"));
    }

    private String match(Pattern pattern, String expected) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw unexpected(expected);
        }
        at = matcher.end();
        return matcher.group();
    }

    private void expect(char c) {
        if (!skipped(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    private boolean skipped(char c) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Returns the next character; at the end one that nothing expects. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException unexpected(String expected) {
        String before = text.substring(0, Math.min(at, text.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        return new IllegalArgumentException(
                "line " + line + ", column " + (before.length() - before.lastIndexOf('\n')) + ": expected " + expected);
    }
}
