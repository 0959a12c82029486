package org.concurrentharness.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes HTML pages that need nothing but themselves: style, script and data are inside, and a content security policy forbids
 * the browser to load anything or to run any other script.
 */
final class Page {
    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

    private static final Map<String, String> RESOURCES = new ConcurrentHashMap<>();

    private Page() {}

    /**
     * Returns a page.
     *
     * @param title its title, any text
     * @param data what {@link Json} made of the data
     * @param plain what to show where scripts do not run, any text
     * @param parts the names of the scripts that show the data, and of styles besides the common one
     */
    static String of(String title, String data, String plain, String... parts) {
        String style = resource("report.css") + resources(parts, ".css");
        String code = resource("common.js") + resources(parts, ".js");
        String policy = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '"
                + hash(style) + "'; script-src '" + hash(code) + "'";
        Map<String, String> slots = Map.of(
                "title",
                escaped(title),
                "policy",
                policy,
                "style",
                style,
                "script",
                code,
                "data",
                data,
                "plain",
                escaped(plain));
        String template = resource("page.html");
        StringBuilder page = new StringBuilder(data.length() + code.length() + style.length() + template.length());
        Matcher slot = SLOT.matcher(template);
        int end = 0;
        while (slot.find()) {
            page.append(template, end, slot.start()).append(slots.getOrDefault(slot.group(1), ""));
            end = slot.end();
        }
        return page.append(template, end, template.length()).toString();
    }

    private static String resources(String[] names, String end) {
        return Stream.of(names)
                .filter(name -> name.endsWith(end))
                .map(Page::resource)
                .collect(Collectors.joining());
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return escaped.toString();
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns a file of this package; kept, since each campaign needs them. */
    static String resource(String name) {
        return RESOURCES.computeIfAbsent(name, Page::read);
    }

    private static String read(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("a file of the harness is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
