package org.concurrentharness.explore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, execution by execution, which strategy makes the choices, and tells in the end how far the search has come. {@code AUTO}
 * samples first; as soon as the samples suggest that the budget suffices for every inequivalent schedule it explores them all; when they
 * turn out to be too many it goes on sampling.
 */
final class SearchPlan {
    private static final Logger LOG = LoggerFactory.getLogger(SearchPlan.class);

    /** Samples before the exhaustive search that was asked for: they tell how long it may take. */
    private static final int PROBES = 8;

    /** Samples before {@code AUTO} first asks whether it could explore everything; it asks again after twice as many. */
    private static final int FIRST_LOOK = 16;

    /** While more of the samples than this share are new, they do not tell how many others there are. */
    private static final double MUCH_IS_KNOWN = 0.5;

    /** How many explored executions a guess at the share done is based on at least. */
    private static final int LEAST_FOR_GUESS = 64;

    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private enum Phase {
        PROBING,
        SAMPLING,
        EXHAUSTING,
        DONE
    }

    private final Options options;
    private final String test;
    private final Footprints log;
    private final Strategy sampler;
    private final SampleCounter samples = new SampleCounter();
    private Phase phase;
    private Strategy current;
    private @Nullable Exhaustive exhaustive;
    private @Nullable RacyPoints points;
    private int nextLook = FIRST_LOOK;
    private boolean gaveUp;
    private boolean proved;
    private @Nullable String obstacle;
    private long nextProgress;
    private final long start = System.nanoTime();

    SearchPlan(Options options, String test, Strategy sampler, Footprints log) {
        this.options = options;
        this.test = test;
        this.log = log;
        this.sampler = sampler;
        this.current = sampler;
        this.phase = options.strategy() == Search.EXHAUSTIVE ? Phase.PROBING : Phase.SAMPLING;
        this.nextProgress = start + PROGRESS_NANOS;
    }

    /**
     * Prepares the next execution.
     *
     * @param execution its number among those that count
     * @param pointsNow the plain accesses that are points
     * @return the strategy, or null when nothing is left to explore
     */
    @Nullable
    Strategy next(int execution, RacyPoints pointsNow) {
        if (phase == Phase.PROBING && samples.samples() >= PROBES) {
            LOG.atInfo()
                    .addKeyValue("test", test)
                    .addKeyValue("schedules", number(samples.schedules()))
                    .log(
                            "Explores every inequivalent schedule of an estimated {} schedules",
                            number(samples.schedules()));
            phase = Phase.EXHAUSTING;
        }
        if (options.strategy() == Search.AUTO && phase == Phase.SAMPLING && !gaveUp && samples.samples() >= nextLook) {
            nextLook *= 2;
            if (samples.chanceOfNew() < MUCH_IS_KNOWN
                    && 2 * samples.classes() <= options.executions() - execution + 1) {
                phase = Phase.EXHAUSTING;
            }
        }
        if (phase == Phase.EXHAUSTING) {
            return explore(execution, pointsNow);
        }
        current = sampler;
        return sampler.begin(execution) ? sampler : null;
    }

    private @Nullable Strategy explore(int execution, RacyPoints pointsNow) {
        Exhaustive search = exhaustive;
        if (search == null || !pointsNow.equals(points)) {
            // accesses that have raced are points from now on: every schedule has other steps
            search = new Exhaustive(log, options.preemptions() >= 0);
            exhaustive = search;
            points = pointsNow;
        }
        current = search;
        if (search.begin(execution)) {
            return search;
        }
        obstacle = search.obstacle();
        proved = obstacle == null;
        phase = Phase.DONE;
        if (!proved && options.strategy() == Search.AUTO) {
            return sampleAgain(execution);
        }
        return null;
    }

    private @Nullable Strategy sampleAgain(int execution) {
        gaveUp = true;
        phase = Phase.SAMPLING;
        exhaustive = null;
        current = sampler;
        return sampler.begin(execution) ? sampler : null;
    }

    /**
     * Learns from an execution.
     *
     * @param weight the product of the numbers of candidates at its choices
     * @return whether it counts: neither a probe nor a repetition cut short
     */
    boolean ended(ExecutionResult result, double weight) {
        current.end(result);
        Exhaustive search = exhaustive;
        if (phase != Phase.EXHAUSTING || search == null) {
            samples.add(result.footprintHash(), weight);
            return phase != Phase.PROBING;
        }
        progress(search);
        if (options.strategy() == Search.AUTO && tooLong(search, result.execution())) {
            gaveUp = true;
            phase = Phase.SAMPLING;
            exhaustive = null;
            return true;
        }
        return !search.redundant();
    }

    private boolean tooLong(Exhaustive search, int execution) {
        int left = options.executions() - execution;
        int done = search.executions() + search.redundancies();
        return done >= LEAST_FOR_GUESS && done * (1 - search.share()) / search.share() > 2.0 * left;
    }

    private void progress(Exhaustive search) {
        long now = System.nanoTime();
        if (now < nextProgress) {
            return;
        }
        nextProgress = now + PROGRESS_NANOS;
        double share = search.share();
        double left = share == 0 ? Double.POSITIVE_INFINITY : (now - start) * (1 - share) / share / 1e9;
        LOG.atInfo()
                .addKeyValue("test", test)
                .addKeyValue("executions", search.executions())
                .addKeyValue("share", share)
                .log(
                        "Explored {} inequivalent schedules, an estimated {} of all; about {} s left",
                        search.executions(),
                        percent(share),
                        number(left));
    }

    /** Returns whether every schedule was explored, up to equivalence and within the bound on preemptions. */
    boolean proved() {
        return proved;
    }

    /** Returns why schedules could not be explored one after the other, or null. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    /** Returns how many inequivalent executions an exhaustive search has explored; -1 when it has not explored all. */
    int classes() {
        return proved && exhaustive != null ? exhaustive.classes() : -1;
    }

    /**
     * Tells how far the search has come.
     *
     * @param executions how many counted
     * @param distinct how many of them were inequivalent
     */
    Coverage coverage(Verdict verdict, int executions, int distinct) {
        Exhaustive search = exhaustive;
        String bound = options.preemptions() < 0
                ? ""
                : " with at most " + options.preemptions()
                        + (options.preemptions() == 1 ? " preemption" : " preemptions");
        if (proved && search != null && verdict == Verdict.INCONCLUSIVE) {
            String text =
                    verdict + " after " + group(executions) + (executions == 1 ? " execution" : " executions") + bound
                            + ": those of the same schedule differ, so that it cannot be said how many schedules there are";
            return new Coverage(Math.max(samples.schedules(), distinct), 1, 0, search.redundancies(), text);
        }
        if (proved && search != null) {
            int classes = search.classes();
            String text = verdict
                    + (classes == 1 ? ": the only schedule" : ": all " + group(classes) + " inequivalent schedules")
                    + bound
                    + (classes == 1 ? " was explored" : " were explored");
            return new Coverage(samples.schedules(), 0, 1, search.redundancies(), text);
        }
        if (phase == Phase.EXHAUSTING && search != null) {
            String text = verdict + " after " + schedules(Math.max(1, search.classes()), "inequivalent ") + bound
                    + ", an estimated " + percent(search.share()) + " of all";
            return new Coverage(samples.schedules(), 1, search.share(), search.redundancies(), text);
        }
        // an estimate that is known to be too low, or that more executions than it have not used up, would mislead
        double estimate = Math.max(samples.schedules(), distinct);
        String text = verdict
                + (verdict == Verdict.SURVIVED ? " " : " after ")
                + (samples.samples() > 0 && executions > 1 && estimate > executions
                        ? group(executions) + " of an estimated " + number(estimate) + " schedules"
                        : schedules(executions, ""))
                + bound;
        if (executions > 1) {
            text += ", " + group(distinct) + " of them distinct";
        }
        if (executions > 1 && samples.samples() > 1) {
            text += "; a further one has about a " + percent(samples.chanceOfNew()) + " chance to be new";
        }
        return new Coverage(estimate, samples.chanceOfNew(), 0, 0, text);
    }

    private static String schedules(int number, String kind) {
        return group(number) + " " + kind + (number == 1 ? "schedule" : "schedules");
    }

    /** Returns a whole number with spaces between groups of three digits, as the reports have them. */
    static String group(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    private static String number(double number) {
        if (Double.isInfinite(number)) {
            return "1e308 or more";
        }
        return number < 1e6
                ? group(Math.round(number))
                : String.format(Locale.ROOT, "%.1e", number).replace("e+0", "e").replace("e+", "e");
    }

    private static String percent(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 1) {
            return percent < 0.01 ? "under 0.01 %" : String.format(Locale.ROOT, "%.2f %%", percent);
        }
        return (share < 1 ? Math.min(99, Math.round(percent)) : 100) + " %";
    }
}
