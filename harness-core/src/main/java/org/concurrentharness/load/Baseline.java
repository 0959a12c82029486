package org.concurrentharness.load;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier runs of a load measured: a file that is kept with the sources, and compared with.
 *
 * <pre>{@code
 * LoadResult result = load.run();
 * result.orThrow(limits, Baseline.in(Path.of("src/test/load/orders.json")).compare(result, limits));
 * }</pre>
 *
 * <p>Each kind of machine has a section of its own for each test, since what one machine does says nothing about another. A section
 * holds a <em>reference</em>, and the runs <em>learned</em> after it, 20 at most. Throughput, p50 and p99 may be worse than those of the
 * reference by a tolerance, 10 % if nothing else is said. With 5 learned runs or more a value that is worse than that still passes if it
 * is within their range: a machine on which runs differ by more than the tolerance does not fail. The range is that of the first 20
 * runs for good, so that a slow drift, each step of which is within it, does not move it; and when these runs became worse one after
 * the other it does not count.
 *
 * <p>Immutable and thread-safe; several threads and JVMs may use one file.
 *
 * @since 0.1
 */
public final class Baseline {
    private static final Logger LOG = LoggerFactory.getLogger(Baseline.class);
    private static final double TOLERANCE = 0.1;
    private static final double MOST_TOLERANCE = 10;

    /** A run in which more calls fail than before, by this share of all, is no measure for others. */
    private static final double MORE_ERRORS = 0.01;

    private final Path file;
    private final double tolerance;
    private final @Nullable Mode mode;
    private final String machine;

    private Baseline(Path file, double tolerance, @Nullable Mode mode, String machine) {
        this.file = file;
        this.tolerance = tolerance;
        this.mode = mode;
        this.machine = machine;
    }

    /**
     * What is done with a run.
     *
     * @since 0.1
     */
    public enum Mode {
        /** It is compared. If there is nothing to compare it with yet, it becomes the reference. */
        COMPARE,

        /**
         * It is compared, and learned if it passes and fewer than 20 runs are. As long as there are too few for a range, it is learned
         * even if it is worse than tolerated, and passes.
         */
        RECORD,

        /** It becomes the reference, and what was learned before is dropped. */
        UPDATE,

        /** Nothing. */
        OFF;

        /**
         * Returns the mode of a name such as {@code "record"}; an empty one stands for {@code "compare"}.
         *
         * @throws IllegalArgumentException when there is none of that name
         */
        public static Mode of(String name) {
            return name.isBlank()
                    ? COMPARE
                    : Arrays.stream(values())
                            .filter(each -> each.name().equalsIgnoreCase(name.strip()))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("harness.load.baseline is \"" + name
                                    + "\"; it must be compare, record, update or off."));
        }
    }

    /** Returns the baseline in a file, which need not be there yet. */
    public static Baseline in(Path file) {
        return new Baseline(file, TOLERANCE, null, "");
    }

    /**
     * Returns this baseline with another tolerance.
     *
     * @param share by which share of the reference a value may be worse, from 0 to 10; 0.1 is 10 %
     */
    public Baseline tolerance(double share) {
        if (!(share >= 0 && share <= MOST_TOLERANCE)) {
            throw new IllegalArgumentException("tolerance must be from 0 to 10 (1000 %), but was " + share + ".");
        }
        return new Baseline(file, share, mode, machine);
    }

    /** Returns this baseline with a mode; without one it is that of the system property {@code harness.load.baseline}. */
    public Baseline mode(Mode value) {
        return new Baseline(file, tolerance, value, machine);
    }

    /**
     * Returns this baseline with what it calls this machine. An empty name is none: then it is that of the system property
     * {@code harness.load.machine}, or else system, architecture, processors and Java version.
     */
    public Baseline machine(String name) {
        return new Baseline(file, tolerance, mode, name.strip());
    }

    /** Compares a run, and changes the file if the mode says so. */
    public BaselineComparison compare(LoadResult result) {
        return compare(result, LoadLimits.none());
    }

    /**
     * Compares a run, and changes the file if the mode says so. A run that does not keep its limits never gets into the file. Whatever
     * is wrong with the file is a violation of the comparison.
     */
    public BaselineComparison compare(LoadResult result, LoadLimits limits) {
        Mode what = mode != null ? mode : Mode.of(System.getProperty("harness.load.baseline", ""));
        Comparing comparing = new Comparing(result, what);
        if (what != Mode.OFF) {
            // Locking on an interrupted thread fails; who was interrupted shall find out, but later.
            boolean interrupted = Thread.interrupted();
            try {
                BaselineFile.locked(file, () -> {
                    comparing.compare(limits);
                    return what;
                });
            } catch (IllegalArgumentException e) {
                comparing.violations.add(String.valueOf(e.getMessage()));
            } catch (IOException | OverlappingFileLockException e) {
                comparing.violations.add("The baseline " + file + " could not be read or written (" + e + ").");
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return comparing.comparison();
    }

    /** Returns what figures of this machine go by, if {@code harness.load.machine} does not name it. */
    static String machine() {
        String named = System.getProperty("harness.load.machine", "").strip();
        int processors = Runtime.getRuntime().availableProcessors();
        return !named.isEmpty()
                ? named
                : String.format(
                        Locale.ROOT,
                        "%s %s, %d processor%s, Java %d",
                        System.getProperty("os.name", ""),
                        System.getProperty("os.arch", ""),
                        processors,
                        processors == 1 ? "" : "s",
                        Runtime.version().feature());
    }

    /** One comparison. */
    private final class Comparing {
        private final LoadResult result;
        private final Mode what;
        private final BaselineRun run;
        private final String machine = Baseline.this.machine.isEmpty() ? machine() : Baseline.this.machine;
        private final List<String> violations = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private List<BaselineComparison.Row> rows = List.of();
        private Optional<BaselineSection> section = Optional.empty();

        Comparing(LoadResult result, Mode what) {
            this.result = result;
            this.what = what;
            this.run = BaselineRun.of(result);
        }

        BaselineComparison comparison() {
            return new BaselineComparison(
                    file,
                    machine,
                    section.map(BaselineSection::reference),
                    section.map(known -> known.learned().size()).orElse(0),
                    rows,
                    violations,
                    notes);
        }

        void compare(LoadLimits limits) throws IOException {
            BaselineFile read = BaselineFile.read(file);
            Map<String, BaselineSection> machines = read.machines(result.name());
            BaselineSection known = machines.get(machine);
            Optional<String> unfit = unfit(limits, known);
            if (known == null || what == Mode.UPDATE) {
                if (unfit.isPresent()) {
                    notes.add("This run did not become the reference in " + file + ", since " + unfit.get() + ".");
                } else {
                    machines.put(machine, new BaselineSection(result.options(), run, List.of()));
                    becameReference(known == null && what == Mode.COMPARE, read);
                }
                return;
            }
            section = Optional.of(known);
            Optional<String> difference = known.difference(result.options());
            if (difference.isPresent()) {
                violations.add("This run cannot be compared with the baseline in " + file + ", since it was made with "
                        + difference.get()
                        + "; harness.load.baseline=update makes it the reference, off does without one.");
                return;
            }
            judge(known);
            if (what == Mode.RECORD) {
                learn(known, unfit, machines, read);
            }
        }

        private void becameReference(boolean unasked, BaselineFile read) throws IOException {
            read.write(file);
            String sentence = "This run is the reference of " + result.name() + " on " + machine
                    + " from now on; commit " + file + ".";
            notes.add(unasked ? "There was nothing to compare with. " + sentence : sentence);
            if (unasked) {
                LOG.warn("There was no baseline to compare with. {}", sentence);
            }
        }

        private void judge(BaselineSection known) {
            rows = Arrays.stream(BaselineComparison.Measure.values())
                    .map(measure -> BaselineComparison.Row.of(measure, run, known, tolerance))
                    .toList();
            boolean learning = what == Mode.RECORD && !known.knowsRange();
            for (BaselineComparison.Row row : rows) {
                if (row.drifting()) {
                    notes.add(row.measure().noun()
                            + " became worse from one learned run to the next: their range does not count.");
                }
                switch (row.verdict()) {
                    case SAME -> {}
                    case USUAL ->
                        notes.add(row.change() + ", within what was learned from "
                                + known.learned().size() + " runs: " + row.learnedText() + ".");
                    case BETTER ->
                        notes.add(row.change()
                                + ": if that is to stay, make it the reference with harness.load.baseline=update.");
                    case WORSE -> (learning ? notes : violations).add(row.change() + "; " + tolerated(row, known));
                }
            }
            if (run.errors() > known.reference().errors() + MORE_ERRORS) {
                notes.add(Quantity.share(run.errors()) + " of the calls failed, but only "
                        + Quantity.share(known.reference().errors())
                        + " in the reference: the other figures are not of the same work.");
            }
        }

        private String tolerated(BaselineComparison.Row row, BaselineSection known) {
            int learned = known.learned().size();
            return Quantity.share(tolerance) + " are tolerated"
                    + (row.learned().isPresent()
                            ? ", and " + learned + " learned runs make a range of " + row.learnedText() + "."
                            : ".");
        }

        private void learn(
                BaselineSection known, Optional<String> unfit, Map<String, BaselineSection> machines, BaselineFile read)
                throws IOException {
            if (unfit.isPresent()) {
                notes.add("This run was not learned, since " + unfit.get() + ".");
            } else if (!violations.isEmpty()) {
                notes.add("This run was not learned, since it is worse than the baseline.");
            } else if (known.isFull()) {
                notes.add(BaselineSection.MOST_LEARNED
                        + " runs are learned, and no more ever, so that the range does not follow a slow drift.");
            } else {
                BaselineSection more = known.with(run);
                machines.put(machine, more);
                read.write(file);
                notes.add("This run was learned, as number " + more.learned().size() + " of "
                        + BaselineSection.MOST_LEARNED + "; commit " + file + ".");
            }
        }

        /** Returns why a run is no measure for others, as the end of a sentence. */
        private Optional<String> unfit(LoadLimits limits, @Nullable BaselineSection known) {
            if (result.hang().isPresent()) {
                return Optional.of("an operation did not end");
            }
            if (result.operations() == 0 || result.completed() == 0) {
                return Optional.of("no operation ended while it was measured");
            }
            if (!limits.violations(result).isEmpty()) {
                return Optional.of("it did not keep its limits");
            }
            if (result.errors() >= result.calls()) {
                return Optional.of("every call failed");
            }
            if (what == Mode.RECORD
                    && known != null
                    && run.errors() > known.reference().errors() + MORE_ERRORS) {
                return Optional.of("more calls failed than in the reference");
            }
            return Optional.empty();
        }
    }
}
