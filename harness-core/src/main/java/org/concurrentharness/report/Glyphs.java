package org.concurrentharness.report;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** The signs that a report draws with: one set for consoles that can show them all, one for the others. */
enum Glyphs {
    UNICODE("→", "…", "×", "│", "─", "┼"),
    ASCII("->", "...", "x", "|", "-", "+");

    final String arrow;
    final String ellipsis;
    final String times;
    final String bar;
    final String dash;
    final String crossing;

    Glyphs(String arrow, String ellipsis, String times, String bar, String dash, String crossing) {
        this.arrow = arrow;
        this.ellipsis = ellipsis;
        this.times = times;
        this.bar = bar;
        this.dash = dash;
        this.crossing = crossing;
    }

    /** Returns the signs that standard output can show. */
    static Glyphs ofConsole() {
        String stdout = System.getProperty("stdout.encoding");
        // Since 18 file.encoding is UTF-8 whatever the locale, and stdout follows native.encoding; on 17 it follows
        // file.encoding.
        String property = Runtime.version().feature() >= 18 ? "native.encoding" : "file.encoding";
        return of(stdout != null ? stdout : System.getProperty(property));
    }

    /** Returns the signs that the charset of that name can encode; ASCII when there is no such charset. */
    static Glyphs of(@Nullable String charset) {
        if (charset == null) {
            return ASCII;
        }
        try {
            Charset found = Charset.forName(charset);
            boolean all = found.canEncode()
                    && found.newEncoder()
                            .canEncode(UNICODE.arrow
                                    + UNICODE.ellipsis
                                    + UNICODE.times
                                    + UNICODE.bar
                                    + UNICODE.dash
                                    + UNICODE.crossing);
            return all ? UNICODE : ASCII;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return ASCII;
        }
    }

    /** Returns {@code text} on one line, cut to {@code length} characters. */
    String clip(String text, int length) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), length));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(Character.isISOControl(c) ? '?' : c);
            }
            if (line.length() > length) {
                int end = Math.max(0, length - ellipsis.length());
                if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
                    end--;
                }
                return line.substring(0, end) + ellipsis;
            }
        }
        return line.toString();
    }
}
