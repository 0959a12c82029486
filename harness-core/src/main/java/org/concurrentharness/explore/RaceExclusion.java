package org.concurrentharness.explore;

import java.util.regex.Pattern;

/** A pattern for data races that are known and wanted. Remembers whether it has matched, since one that never does is a mistake. */
final class RaceExclusion {
    private static final Pattern SYNTAX = Pattern.compile("[\\p{javaJavaIdentifierPart}.*]+");

    private final String pattern;
    private final Pattern names;
    private boolean matched;

    /**
     * Creates an exclusion.
     *
     * @param pattern as {@link Options#ignoreRaces} takes it
     * @throws IllegalArgumentException with one sentence for the user when it cannot be parsed
     */
    RaceExclusion(String pattern) {
        check(pattern);
        this.pattern = pattern;
        this.names = Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q") + "(\\..*)?");
    }

    static void check(String pattern) {
        if (!SYNTAX.matcher(pattern).matches()
                || pattern.startsWith(".")
                || pattern.endsWith(".")
                || pattern.contains("..")) {
            throw new IllegalArgumentException("harness.races.ignore is \"" + pattern
                    + "\"; it must be names of fields, classes or methods such as \"com.acme.Cache.hits\" or \"com.acme.*\","
                    + " separated by commas.");
        }
    }

    /** Returns whether the name of a field or a method, with its class, is excluded. */
    boolean matches(String name) {
        boolean matches = names.matcher(name).matches();
        matched |= matches;
        return matches;
    }

    boolean matched() {
        return matched;
    }

    String pattern() {
        return pattern;
    }
}
