package org.concurrentharness.explore;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a campaign is asked to do. Immutable: each method named like a component returns a changed copy.
 *
 * @param executions the budget in schedules, at least 1
 * @param budget the budget in time, positive
 * @param strategy who chooses the schedules
 * @param seed the seed of every random choice; 0 chooses one afresh
 * @param replay a replay token, or empty: run just that schedule
 * @param dataRaces what to make of data races
 * @param timeouts when timed waits may end
 * @param leakedThreads what to make of threads that outlive the body
 * @param maxSteps the bound on scheduling points of one execution, at least 1
 * @param preemptions the bound on preemptive switches of one execution, -1 for none
 * @param inside the packages to explore inside that normally are not
 * @param carrier what runs the managed threads
 * @param threads how many managed threads run the body together, at least 1
 * @param isolate true for a fresh class loader for each execution
 * @param spuriousWakeups true when {@code Object.wait} may return without a reason
 * @param ignoredRaces the data races that are known and wanted, as {@link #ignoreRaces} takes them
 * @since 0.1
 */
public record Options(
        int executions,
        Duration budget,
        Search strategy,
        long seed,
        String replay,
        DataRaces dataRaces,
        Timeouts timeouts,
        LeakedThreads leakedThreads,
        int maxSteps,
        int preemptions,
        List<String> inside,
        CarrierKind carrier,
        int threads,
        boolean isolate,
        boolean spuriousWakeups,
        List<String> ignoredRaces) {
    private static final Options DEFAULTS = new Options(
            1_000,
            Duration.ofSeconds(10),
            Search.AUTO,
            0,
            "",
            DataRaces.FAIL,
            Timeouts.WHEN_IDLE,
            LeakedThreads.REPORT,
            20_000,
            -1,
            List.of(),
            CarrierKind.AUTO,
            1,
            false,
            false,
            List.of());

    /** Checks every component. */
    public Options {
        inside = List.copyOf(inside);
        ignoredRaces = List.copyOf(ignoredRaces);
        ignoredRaces.forEach(RaceExclusion::check);
        if (executions < 1) {
            throw new IllegalArgumentException("executions must be at least 1, but was " + executions + ".");
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException(
                    "budget must be a positive duration such as \"10s\", but was " + budget + ".");
        }
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, but was " + maxSteps + ".");
        }
        if (preemptions < -1) {
            throw new IllegalArgumentException(
                    "preemptions must be -1 (no bound) or at least 0, but was " + preemptions + ".");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but was " + threads + ".");
        }
    }

    /** Returns the options that {@code @ConcurrentTest} has when nothing is set. */
    public static Options defaults() {
        return DEFAULTS;
    }

    /** Returns these options with the given budget in schedules. */
    public Options executions(int value) {
        return change(draft -> draft.executions = value);
    }

    /** Returns these options with the given budget in time. */
    public Options budget(Duration value) {
        return change(draft -> draft.budget = value);
    }

    /** Returns these options with the given strategy. */
    public Options strategy(Search value) {
        return change(draft -> draft.strategy = value);
    }

    /** Returns these options with the given seed. */
    public Options seed(long value) {
        return change(draft -> draft.seed = value);
    }

    /** Returns these options with the given replay token. */
    public Options replay(String value) {
        return change(draft -> draft.replay = value);
    }

    /** Returns these options with the given treatment of data races. */
    public Options dataRaces(DataRaces value) {
        return change(draft -> draft.dataRaces = value);
    }

    /** Returns these options with the given treatment of timed waits. */
    public Options timeouts(Timeouts value) {
        return change(draft -> draft.timeouts = value);
    }

    /** Returns these options with the given treatment of leaked threads. */
    public Options leakedThreads(LeakedThreads value) {
        return change(draft -> draft.leakedThreads = value);
    }

    /** Returns these options with the given bound on steps. */
    public Options maxSteps(int value) {
        return change(draft -> draft.maxSteps = value);
    }

    /** Returns these options with the given bound on preemptive switches. */
    public Options preemptions(int value) {
        return change(draft -> draft.preemptions = value);
    }

    /** Returns these options with the given packages to explore inside. */
    public Options inside(String... value) {
        return change(draft -> draft.inside = List.of(value));
    }

    /** Returns these options with the given carrier. */
    public Options carrier(CarrierKind value) {
        return change(draft -> draft.carrier = value);
    }

    /** Returns these options with the given number of threads that run the body together. */
    public Options threads(int value) {
        return change(draft -> draft.threads = value);
    }

    /** Returns these options with or without a class loader for each execution. */
    public Options isolate(boolean value) {
        return change(draft -> draft.isolate = value);
    }

    /** Returns these options with or without spurious wake-ups. */
    public Options spuriousWakeups(boolean value) {
        return change(draft -> draft.spuriousWakeups = value);
    }

    /**
     * Returns these options with the given data races excluded: known and wanted ones, which are neither reported nor make the
     * test fail.
     *
     * @param patterns each the full name of a field ({@code com.acme.Cache.hits}), of a class for all its fields, or of a method
     *     for what it accesses; {@code *} stands for any characters
     * @throws IllegalArgumentException when one of them cannot be parsed
     */
    public Options ignoreRaces(String... patterns) {
        return change(draft -> draft.ignoredRaces = List.of(patterns));
    }

    private Options change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options that can be changed. */
    private static final class Draft {
        int executions;
        Duration budget;
        Search strategy;
        long seed;
        String replay;
        DataRaces dataRaces;
        Timeouts timeouts;
        LeakedThreads leakedThreads;
        int maxSteps;
        int preemptions;
        List<String> inside;
        CarrierKind carrier;
        int threads;
        boolean isolate;
        boolean spuriousWakeups;
        List<String> ignoredRaces;

        Draft(Options from) {
            executions = from.executions;
            budget = from.budget;
            strategy = from.strategy;
            seed = from.seed;
            replay = from.replay;
            dataRaces = from.dataRaces;
            timeouts = from.timeouts;
            leakedThreads = from.leakedThreads;
            maxSteps = from.maxSteps;
            preemptions = from.preemptions;
            inside = from.inside;
            carrier = from.carrier;
            threads = from.threads;
            isolate = from.isolate;
            spuriousWakeups = from.spuriousWakeups;
            ignoredRaces = from.ignoredRaces;
        }

        Options options() {
            return new Options(
                    executions,
                    budget,
                    strategy,
                    seed,
                    replay,
                    dataRaces,
                    timeouts,
                    leakedThreads,
                    maxSteps,
                    preemptions,
                    inside,
                    carrier,
                    threads,
                    isolate,
                    spuriousWakeups,
                    ignoredRaces);
        }
    }
}
