package org.concurrentharness.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a baseline knows about one test on one kind of machine.
 *
 * @param options how all of its runs were made; seed and timeout do not matter
 * @param reference the run that others are compared with
 * @param learned the first runs after it that were recorded
 */
record BaselineSection(LoadOptions options, BaselineRun reference, List<BaselineRun> learned) {
    /**
     * So many runs are learned, and no more: a range that was learned anew with each run would follow a slow drift, each step of which
     * is within the range.
     */
    static final int MOST_LEARNED = 20;

    /** Fewer say too little about how far runs differ. */
    static final int FEWEST_LEARNED = 5;

    BaselineSection {
        learned = List.copyOf(learned);
    }

    boolean knowsRange() {
        return learned.size() >= FEWEST_LEARNED;
    }

    boolean isFull() {
        return learned.size() >= MOST_LEARNED;
    }

    /** Returns the values of all runs, in their order. */
    double[] values(BaselineComparison.Measure measure) {
        return Stream.concat(Stream.of(reference), learned.stream())
                .mapToDouble(measure::of)
                .toArray();
    }

    BaselineSection with(BaselineRun run) {
        List<BaselineRun> all = new ArrayList<>(learned);
        all.add(run);
        return new BaselineSection(options, reference, all);
    }

    /** Returns what the options of a run have that those of this section have not, as a part of a sentence. */
    Optional<String> difference(LoadOptions other) {
        List<String> differences = new ArrayList<>();
        differ(differences, "threads", options.threads(), other.threads());
        differ(differences, "rate", rate(options), rate(other));
        if (options.isOpen() && other.isOpen()) {
            differ(differences, "arrivals", options.arrivals(), other.arrivals());
        }
        differ(differences, "warmup", Quantity.latency(options.warmup()), Quantity.latency(other.warmup()));
        differ(differences, "duration", Quantity.latency(options.duration()), Quantity.latency(other.duration()));
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
    }

    private static void differ(List<String> differences, String name, Object reference, Object other) {
        if (!reference.equals(other)) {
            differences.add(name + " " + other + " instead of " + reference);
        }
    }

    private static String rate(LoadOptions options) {
        return options.isOpen() ? Quantity.rate(options.rate()) : "none (closed loop)";
    }
}
