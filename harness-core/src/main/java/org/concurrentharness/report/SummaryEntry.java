package org.concurrentharness.report;

import java.util.Optional;

/**
 * Something else than a campaign in the summary of a run, and a line of a journal.
 *
 * @param kind where it belongs in the summary
 * @param key what an entry is about that replaces earlier ones about the same; empty if it replaces none
 * @param ended when it ended, in milliseconds since 1970
 * @param json the row as the summary shows it
 */
record SummaryEntry(String kind, String key, long ended, String json) {
    static final String ORDER = "orders";
    static final String FIXTURE = "fixtures";
    static final String LOAD = "loads";

    /** No test has this name, and a line that begins so has too few fields to be taken for that of a campaign. */
    private static final String MARK = "\tmore\t";

    private static final int FIELDS = 3;

    /** Returns the line of the journal, with its end. */
    String line() {
        return MARK + kind + (key.isEmpty() ? "" : ':' + key) + '\t' + ended + '\t' + json + '\n';
    }

    /** Returns the entry of a line; none when it is not one, or only half of one. */
    static Optional<SummaryEntry> of(String line) {
        if (!line.startsWith(MARK) || !line.endsWith("}")) {
            return Optional.empty();
        }
        String[] fields = line.substring(MARK.length()).split("\t", FIELDS);
        if (fields.length < FIELDS || !fields[1].matches("\\d{1,18}") || !fields[2].startsWith("{")) {
            return Optional.empty();
        }
        int colon = fields[0].indexOf(':');
        String kind = colon < 0 ? fields[0] : fields[0].substring(0, colon);
        String key = colon < 0 ? "" : fields[0].substring(colon + 1);
        return Optional.of(new SummaryEntry(kind, key, Long.parseLong(fields[1]), fields[2]));
    }
}
