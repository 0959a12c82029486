package org.concurrentharness.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run compares with its {@link Baseline}. Immutable.
 *
 * @param file where the baseline is
 * @param machine the kind of machine that its figures are from
 * @param reference the run that this one was compared with, if there was one
 * @param learned how many runs the range was learned from
 * @param rows a row for each quantity; none when nothing was compared
 * @param violations a sentence for everything that makes the test fail
 * @param notes sentences that do not
 * @since 0.1
 */
public record BaselineComparison(
        Path file,
        String machine,
        Optional<BaselineRun> reference,
        int learned,
        List<Row> rows,
        List<String> violations,
        List<String> notes) {
    /**
     * What is compared: what repeats well enough. Percentiles beyond these are a matter of single events.
     *
     * @since 0.1
     */
    public enum Measure {
        /** How many operations end in a second. */
        THROUGHPUT("throughput"),

        /** The median latency, in nanoseconds. */
        P50("p50"),

        /** The 99th percentile of latencies, in nanoseconds. */
        P99("p99");

        /** By this much latencies may differ since a clock has its own steps. */
        private static final double CLOCK_NANOS = 50;

        /** In standard deviations of a normal distribution. */
        private static final double DRIFT = 2.576;

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        /** Returns the value of a run. */
        public double of(BaselineRun run) {
            return switch (this) {
                case THROUGHPUT -> run.throughput();
                case P50 -> run.p50().toNanos();
                case P99 -> run.p99().toNanos();
            };
        }

        /** Returns a value for people, with its unit. */
        public String text(double value) {
            return this == THROUGHPUT ? Quantity.rate(value) : Quantity.latency(value);
        }

        /** Returns its name at the begin of a sentence. */
        String noun() {
            return this == THROUGHPUT ? "Throughput" : label;
        }

        /**
         * Returns whether values become worse from one to the next so often that chance does it in one of 200 cases only (H. B. Mann:
         * Nonparametric tests against trend, Econometrica 13, 1945).
         */
        boolean drifts(double[] values) {
            int n = values.length;
            double worse = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    worse += Math.signum(this == THROUGHPUT ? values[i] - values[j] : values[j] - values[i]);
                }
            }
            double deviation = Math.sqrt(n * (n - 1) * (2.0 * n + 5) / 18);
            return worse - 1 > DRIFT * deviation;
        }

        boolean worse(double value, Range range) {
            return this == THROUGHPUT ? value < range.low() : value > range.high();
        }

        boolean better(double value, Range range) {
            return this == THROUGHPUT ? value > range.high() : value < range.low();
        }

        Range tolerated(double reference, double tolerance) {
            double width = tolerance * reference;
            return Range.around(reference, this == THROUGHPUT ? width : Math.max(width, CLOCK_NANOS));
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * What values are usual.
     *
     * @param low the lowest
     * @param high the highest
     * @since 0.1
     */
    public record Range(double low, double high) {
        /** How many standard deviations: of a normal distribution 99.7 % are within. */
        private static final double WIDTH = 3;

        /** The standard deviation of a normal distribution is its median absolute deviation times this. */
        private static final double SCALE = 1.4826;

        static Range around(double middle, double width) {
            return new Range(Math.max(0, middle - width), middle + width);
        }

        /**
         * Returns the range that values lie in but for outliers: their median, and to each side three times their median absolute
         * deviation, scaled to be a standard deviation if they are normally distributed. Unlike mean and standard deviation neither is
         * moved by a few runs during which something else ran (C. Leys, C. Ley, O. Klein, P. Bernard, L. Licata: Detecting outliers: Do
         * not use standard deviation around the mean, use absolute deviation around the median, Journal of Experimental Social
         * Psychology 49, 2013).
         */
        static Range learned(double[] values) {
            double median = median(values);
            double deviation = median(
                    Arrays.stream(values).map(value -> Math.abs(value - median)).toArray());
            return around(median, WIDTH * SCALE * deviation);
        }

        private static double median(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }

    /**
     * What a value is compared with those of the baseline.
     *
     * @since 0.1
     */
    public enum Verdict {
        /** Within the tolerance around the reference. */
        SAME("as before"),

        /** Worse than tolerated, but within the learned range. */
        USUAL("within the learned range"),

        /** Better than tolerated, and than the learned range. */
        BETTER("better"),

        /** Worse than tolerated, and than the learned range if there is one. */
        WORSE("WORSE");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A quantity.
     *
     * @param measure which one
     * @param value what it was in this run
     * @param reference what it was in the reference run
     * @param tolerated the tolerance around the reference
     * @param learned what was learned from earlier runs, if there are enough of them that do not drift
     * @param drifting whether the learned runs became worse one after the other: then their range says nothing about what is usual
     * @param verdict what that means
     * @since 0.1
     */
    public record Row(
            Measure measure,
            double value,
            double reference,
            Range tolerated,
            Optional<Range> learned,
            boolean drifting,
            Verdict verdict) {
        static Row of(Measure measure, BaselineRun run, BaselineSection section, double tolerance) {
            double value = measure.of(run);
            double reference = measure.of(section.reference());
            Range tolerated = measure.tolerated(reference, tolerance);
            double[] runs = section.values(measure);
            boolean drifting = section.knowsRange() && measure.drifts(runs);
            Optional<Range> learned =
                    section.knowsRange() && !drifting ? Optional.of(Range.learned(runs)) : Optional.empty();
            // The wider one counts: the range of runs that differ little says no more than the tolerance does.
            Verdict verdict = Verdict.SAME;
            if (measure.worse(value, tolerated)) {
                boolean usual =
                        learned.filter(range -> !measure.worse(value, range)).isPresent();
                verdict = usual ? Verdict.USUAL : Verdict.WORSE;
            } else if (measure.better(value, tolerated)
                    && learned.filter(range -> !measure.better(value, range)).isEmpty()) {
                verdict = Verdict.BETTER;
            }
            return new Row(measure, value, reference, tolerated, learned, drifting, verdict);
        }

        /** Returns what changed, without an end: "p99 was 15 ms, 25 % more than the 12 ms of the baseline". */
        String change() {
            double change = reference == 0 ? Double.POSITIVE_INFINITY : Math.abs(value / reference - 1);
            String more = value < reference ? "less" : "more";
            return measure.noun() + " was " + measure.text(value) + ", "
                    + (Double.isInfinite(change) ? more : Quantity.share(change) + " " + more) + " than the "
                    + measure.text(reference) + " of the baseline";
        }

        private String text(Range range) {
            return measure.text(range.low()) + " to " + measure.text(range.high());
        }

        String learnedText() {
            return learned.map(this::text).orElse(drifting ? "drifting" : "–");
        }

        private List<String> cells() {
            return List.of(
                    measure.toString(),
                    measure.text(value),
                    measure.text(reference),
                    text(tolerated),
                    learnedText(),
                    verdict.toString());
        }
    }

    /** Copies the lists. */
    public BaselineComparison {
        rows = List.copyOf(rows);
        violations = List.copyOf(violations);
        notes = List.copyOf(notes);
    }

    /** Returns the quantities as a table, and the notes; empty when nothing was compared and there is nothing to say. */
    public String text() {
        List<String> lines = new ArrayList<>();
        reference.ifPresent(run -> {
            lines.add("Baseline " + file + ", " + machine + ": the reference is of " + run.at()
                    + String.format(Locale.ROOT, ", %d run%s learned", learned, learned == 1 ? "" : "s"));
            lines.addAll(table());
        });
        notes.forEach(note -> lines.add("Note: " + note));
        return String.join("\n", lines);
    }

    private List<String> table() {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", "this run", "reference", "tolerated", "learned", ""));
        rows.forEach(row -> table.add(row.cells()));
        int[] widths = new int[table.get(0).size()];
        table.forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> cells : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append("  ")
                        .append(cells.get(i))
                        .append(" ".repeat(widths[i] - cells.get(i).length()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
