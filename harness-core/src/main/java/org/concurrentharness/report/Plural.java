package org.concurrentharness.report;

/** Counts in words. */
final class Plural {
    private Plural() {}

    /** Returns "1 step" or "2 steps". */
    static String of(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : noun.endsWith("switch") ? "es" : "s");
    }
}
