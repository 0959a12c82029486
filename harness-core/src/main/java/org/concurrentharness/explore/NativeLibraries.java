package org.concurrentharness.explore;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains that the JVM loads a native library for one class loader only, while each campaign has its own. */
final class NativeLibraries {
    /** In the message of an UnsatisfiedLinkError, or of what the JVM makes of it when the class is asked for again. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("Native Library (.+?) already loaded in another classloader");

    private NativeLibraries() {}

    /** Returns what to do when {@code thrown} says that a library is loaded by another class loader already. */
    static Optional<String> remedy(Throwable thrown) {
        int depth = 0;
        for (Throwable each = thrown; each != null && depth < 50; each = ThrownParts.cause(each), depth++) {
            if (!(each instanceof LinkageError)) {
                continue;
            }
            String message = ThrownParts.message(each);
            Matcher matcher = ELSEWHERE.matcher(message == null ? "" : message);
            if (matcher.find()) {
                return Optional.of(message(matcher.group(1), loading(each)));
            }
        }
        return Optional.empty();
    }

    private static String message(String library, @Nullable String className) {
        String name = className == null ? "the class that loads it" : className;
        String packageName =
                className == null ? "its package" : className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return "Native library " + library
                + " is loaded by another class loader already, and the JVM allows only one. Set" + " harness.shared to "
                + packageName + ", so that " + name + " is left out of campaigns.";
    }

    private static @Nullable String loading(Throwable thrown) {
        for (StackTraceElement frame : ThrownParts.stack(thrown)) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.")) {
                return name;
            }
        }
        return null;
    }
}
