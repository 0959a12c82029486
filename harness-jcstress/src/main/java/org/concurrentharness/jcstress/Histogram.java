package org.concurrentharness.jcstress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The outcomes of a test as a table. */
final class Histogram {
    private static final List<String> HEADINGS = List.of("state", "count", "share", "expectation", "description");
    private static final double LEAST_SHARE = 0.0001;

    private Histogram() {}

    /** Returns the table, each line indented and ended. */
    static String of(SuiteResult result) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        for (SuiteResult.Row row : result.rows()) {
            rows.add(List.of(
                    row.state(),
                    number(row.count()),
                    share(row.count(), row.share()),
                    row.expectation().name(),
                    row.description()));
        }
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean right = i == 1 || i == 2; // numbers
                line.append("  ").append(String.format("%" + (right ? "" : "-") + widths[i] + "s", row.get(i)));
            }
            table.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return table.toString();
    }

    /** Returns a number as a person reads it. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String share(long count, double share) {
        if (count > 0 && share < LEAST_SHARE) {
            return "<0.01%"; // never 0.00% for what was seen
        }
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
}
