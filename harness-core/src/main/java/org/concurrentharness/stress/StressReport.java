package org.concurrentharness.stress;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text about a stress test. */
final class StressReport {
    private static final int MOST_OUTCOMES = 30;
    private static final int MOST_FRAMES = 60;

    private StressReport() {}

    /**
     * Returns the text.
     *
     * @param hang where the run hung, if it did
     * @param hung what all threads did then
     */
    static String of(
            Stress<?> stress, Tally tally, long seed, Duration elapsed, Optional<Hang> hang, Optional<String> hung) {
        List<String> lines = new ArrayList<>();
        long rounds = tally.rounds();
        long failures = tally.failures();
        if (hang.isPresent()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Round %,d hangs: %s within %s.",
                    hang.get().round(),
                    hang.get().what(),
                    seconds(stress.options.timeout())));
            lines.addAll(notJudged(hang.get(), rounds));
        } else {
            lines.add(String.format(Locale.ROOT, "%,d of %,d rounds failed", failures, rounds));
        }
        lines.add("Probability of failure: " + ConfidenceInterval.percent(rounds == 0 ? 0 : (double) failures / rounds)
                + "; with 95 % confidence "
                + ConfidenceInterval.of(failures, rounds).text() + " (Wilson score interval)");
        lines.add("");
        lines.addAll(outcomes(tally, rounds));
        lines.add("");
        lines.addAll(starts(tally));
        tally.first().ifPresent(found -> {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "The first failure: round %,d, %s start, %s",
                    found.round(),
                    name(found.start()),
                    found.where()));
            if (found.cause() != null) {
                lines.addAll(trace(found.cause()));
            }
        });
        hung.ifPresent(lines::add);
        lines.add("");
        lines.add(stress.names.size() + (stress.names.size() == 1 ? " thread (" : " threads (")
                + String.join(", ", stress.names) + "), seed " + seed + ", " + seconds(elapsed));
        return String.join("\n", lines);
    }

    /** Returns what is not in the figures: the hung round is counted, others of its batch before it are not. */
    private static List<String> notJudged(Hang hang, long counted) {
        long before = hang.round() - counted;
        return hang.stage() != Leading.Stage.PLAYING || before < 1
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "Not judged and not counted: the rounds of its batch that ended before it, which are %,d.",
                        before));
    }

    private static List<String> outcomes(Tally tally, long rounds) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"outcome", "rounds", "share", "expected", ""});
        List<StressResult.Seen> seen = tally.seen();
        for (StressResult.Seen each : seen.subList(0, Math.min(seen.size(), MOST_OUTCOMES))) {
            rows.add(new String[] {
                Tally.told(each.outcome()),
                String.format(Locale.ROOT, "%,d", each.count()),
                ConfidenceInterval.percent((double) each.count() / rounds),
                each.expect().name().toLowerCase(Locale.ROOT),
                each.description()
            });
        }
        List<String> lines = table(rows);
        if (seen.size() > MOST_OUTCOMES) {
            lines.add((seen.size() - MOST_OUTCOMES) + " outcomes more");
        }
        return lines;
    }

    private static List<String> starts(Tally tally) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"start", "rounds", "failed", "probability of failure, 95 %", ""});
        for (StressResult.Tried each : tally.tried()) {
            rows.add(new String[] {
                name(each.start()),
                String.format(Locale.ROOT, "%,d", each.rounds()),
                String.format(Locale.ROOT, "%,d", each.failures()),
                each.rounds() == 0
                        ? "not tried"
                        : ConfidenceInterval.of(each.failures(), each.rounds()).text(),
                ""
            });
        }
        return table(rows);
    }

    private static List<String> table(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row[i].length());
                boolean number = i == 1 || i == 2;
                line.append(' ').append(number ? gap + row[i] : row[i] + gap).append(' ');
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        List<String> lines = text.toString().lines().toList();
        return lines.subList(0, Math.min(lines.size(), MOST_FRAMES));
    }

    static String name(Start start) {
        return start.name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }
}
