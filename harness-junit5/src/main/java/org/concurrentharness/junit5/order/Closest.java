package org.concurrentharness.junit5.order;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;

/** Finds the names that somebody may have meant. */
final class Closest {
    private static final int MOST = 3;

    private Closest() {}

    /** Returns the end of a sentence that offers the names closest to one, or a full stop if none is close. */
    static String hint(String name, Collection<String> names) {
        int most = Math.max(2, name.length() / 3);
        String close = names.stream()
                .distinct()
                .filter(other -> distance(name, other) <= most)
                .sorted(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .map(other -> "\"" + other + "\"")
                .collect(joining(" or "));
        return close.isEmpty() ? "." : "; did you mean " + close + "?";
    }

    /** Returns how many letters must be added, removed or replaced (Levenshtein, 1966), upper and lower case being alike. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }
}
