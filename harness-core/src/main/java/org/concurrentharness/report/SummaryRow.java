package org.concurrentharness.report;

import java.util.Optional;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Verdict;

/**
 * One campaign in the summary of a run, and a line of a journal.
 *
 * @param test what tells tests apart: the name of their files
 * @param ended when the campaign ended, in milliseconds since 1970
 * @param json the row as the summary shows it
 */
record SummaryRow(
        String test, Verdict verdict, long ended, long executions, long races, long elapsedMillis, String json) {
    private static final int FIELDS = 7;

    SummaryRow(String test, Exploration exploration, long ended, String json) {
        this(
                ReportFiles.baseName(test),
                exploration.verdict(),
                ended,
                exploration.executions(),
                CampaignJson.races(exploration).size(),
                exploration.elapsed().toMillis(),
                json);
    }

    boolean failed() {
        return verdict == Verdict.FAILED;
    }

    /** Returns the line of the journal, with its end. */
    String line() {
        return test
                + '\t'
                + verdict
                + '\t'
                + ended
                + '\t'
                + executions
                + '\t'
                + races
                + '\t'
                + elapsedMillis
                + '\t'
                + json
                + '\n';
    }

    /** Returns the row of a line; none when it is not one, since a JVM that is killed may leave half of one. */
    static Optional<SummaryRow> of(String line) {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length < FIELDS || !fields[FIELDS - 1].startsWith("{") || !fields[FIELDS - 1].endsWith("}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SummaryRow(
                    fields[0],
                    Verdict.valueOf(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    fields[6]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
