package org.concurrentharness.report;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes stack traces as a user wants to read them: without the frames of the harness and of reflection. */
final class StackTraceText {
    /** Our packages that can stand on the stack of a test. Classes of a user's tests in them are told apart below. */
    private static final List<String> OURS = List.of(
            "org.concurrentharness.explore.",
            "org.concurrentharness.probe.",
            "org.concurrentharness.agent.",
            "org.concurrentharness.report.",
            "org.concurrentharness.fixture.",
            "org.concurrentharness.order.",
            "org.concurrentharness.stress.",
            "org.concurrentharness.load.",
            "org.concurrentharness.junit5.",
            "org.concurrentharness.jcstress.");

    private static final List<String> OF_THE_JDK =
            List.of("jdk.internal.", "java.lang.reflect.", "java.lang.invoke.", "sun.reflect.");

    /** Where Maven, Gradle and IDEs put compiled tests. */
    private static final Pattern TEST_OUTPUT =
            Pattern.compile("/(test-classes|build/classes/\\w+/test|out/test/\\w+|bin/test)/");

    private final Glyphs glyphs;
    private final int framesEach;
    private final List<String> lines = new ArrayList<>();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private StackTraceText(Glyphs glyphs, int framesEach) {
        this.glyphs = glyphs;
        this.framesEach = framesEach;
    }

    /** Returns the lines of the stack trace, at most {@code limit}, its causes and suppressed exceptions included. */
    static List<String> lines(Throwable throwable, Glyphs glyphs, int limit) {
        try {
            return fitted(throwable, glyphs, limit);
        } catch (RuntimeException | StackOverflowError e) {
            // A user's getCause() or getStackTrace() may fail, and causes may nest too deep: not at the report's cost.
            return List.of("The stack trace could not be read: " + e.getClass().getName());
        }
    }

    private static List<String> fitted(Throwable throwable, Glyphs glyphs, int limit) {
        for (int framesEach = limit; ; framesEach = framesEach / 2) {
            StackTraceText text = new StackTraceText(glyphs, framesEach);
            text.append(throwable, "", "", new StackTraceElement[0]);
            if (text.lines.size() <= limit) {
                return text.lines;
            }
            if (framesEach <= 2) {
                List<String> kept = new ArrayList<>(text.lines.subList(0, limit - 1));
                kept.add(glyphs.ellipsis + " " + Plural.of(text.lines.size() - limit + 1, "line") + " left out");
                return kept;
            }
        }
    }

    private void append(Throwable throwable, String indent, String caption, StackTraceElement[] enclosing) {
        if (!seen.add(throwable)) {
            lines.add(indent + caption + "[see above: " + headline(throwable) + "]");
            return;
        }
        lines.add(indent + caption + headline(throwable));
        StackTraceElement[] frames = throwable.getStackTrace();
        int common = 0;
        while (common < Math.min(frames.length, enclosing.length)
                && frames[frames.length - 1 - common].equals(enclosing[enclosing.length - 1 - common])) {
            common++;
        }
        appendFrames(frames, frames.length - common, indent);
        for (Throwable suppressed : throwable.getSuppressed()) {
            append(suppressed, indent + "    ", "Suppressed: ", frames);
        }
        Throwable cause = throwable.getCause();
        if (cause != null) {
            append(cause, indent, "Caused by: ", frames);
        }
    }

    /** Returns the lines of a stack without an exception, at most {@code limit} of them frames. */
    static List<String> frames(StackTraceElement[] frames, String indent, int limit) {
        StackTraceText text = new StackTraceText(Glyphs.UNICODE, limit);
        text.appendFrames(frames, frames.length, indent);
        return text.lines;
    }

    private void appendFrames(StackTraceElement[] frames, int own, String indent) {
        int shown = 0;
        for (int i = 0; i < own; ) {
            int hidden = i;
            while (hidden < own && isHidden(frames[hidden].getClassName())) {
                hidden++;
            }
            if (hidden > i) {
                lines.add(indent + "    ... " + Plural.of(hidden - i, "frame") + " of the harness and the JDK");
                i = hidden;
            } else if (shown == framesEach) {
                lines.add(indent + "    ... " + Plural.of(own - i, "frame") + " more");
                return;
            } else {
                lines.add(indent + "    at " + text(frames[i]));
                shown++;
                i++;
            }
        }
        if (own < frames.length) {
            lines.add(indent + "    ... " + Plural.of(frames.length - own, "frame") + " as above");
        }
    }

    private String headline(Throwable throwable) {
        String text;
        try {
            text = String.valueOf(throwable);
        } catch (RuntimeException | StackOverflowError e) {
            // A user's getMessage() may fail; that must not cost the report.
            text = throwable.getClass().getName();
        }
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return glyphs.clip(first.strip(), 200);
    }

    /** Without the names of loader and module, which tell the reader nothing. */
    static String text(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + place(frame) + ")";
    }

    /** Returns the source file and line. */
    static String place(StackTraceElement frame) {
        String file = frame.getFileName();
        if (frame.isNativeMethod()) {
            return "Native Method";
        }
        return file == null ? "Unknown Source" : file + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "");
    }

    static boolean isHidden(String className) {
        return OF_THE_JDK.stream().anyMatch(className::startsWith)
                || (OURS.stream().anyMatch(className::startsWith) && !isTestClass(className));
    }

    /** Our own tests, which live in our packages, are users too. */
    private static boolean isTestClass(String className) {
        int nested = className.indexOf('$');
        String file = (nested < 0 ? className : className.substring(0, nested)).replace('.', '/') + ".class";
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return isTestResource(StackTraceText.class.getClassLoader(), file) || isTestResource(context, file);
    }

    private static boolean isTestResource(@Nullable ClassLoader loader, String file) {
        URL url = loader == null ? null : loader.getResource(file);
        return url != null
                && url.getProtocol().equals("file")
                && TEST_OUTPUT.matcher(url.getPath()).find();
    }
}
