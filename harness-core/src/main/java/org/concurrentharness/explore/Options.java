package org.concurrentharness.explore;

import java.time.Duration;
import java.util.List;

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
        boolean spuriousWakeups) {
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
            false);

    /** Checks every component. */
    public Options {
        inside = List.copyOf(inside);
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
        return new Options(
                value,
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
                spuriousWakeups);
    }

    /** Returns these options with the given budget in time. */
    public Options budget(Duration value) {
        return new Options(
                executions,
                value,
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
                spuriousWakeups);
    }

    /** Returns these options with the given strategy. */
    public Options strategy(Search value) {
        return new Options(
                executions,
                budget,
                value,
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
                spuriousWakeups);
    }

    /** Returns these options with the given seed. */
    public Options seed(long value) {
        return new Options(
                executions,
                budget,
                strategy,
                value,
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
                spuriousWakeups);
    }

    /** Returns these options with the given replay token. */
    public Options replay(String value) {
        return new Options(
                executions,
                budget,
                strategy,
                seed,
                value,
                dataRaces,
                timeouts,
                leakedThreads,
                maxSteps,
                preemptions,
                inside,
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given treatment of data races. */
    public Options dataRaces(DataRaces value) {
        return new Options(
                executions,
                budget,
                strategy,
                seed,
                replay,
                value,
                timeouts,
                leakedThreads,
                maxSteps,
                preemptions,
                inside,
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given treatment of timed waits. */
    public Options timeouts(Timeouts value) {
        return new Options(
                executions,
                budget,
                strategy,
                seed,
                replay,
                dataRaces,
                value,
                leakedThreads,
                maxSteps,
                preemptions,
                inside,
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given treatment of leaked threads. */
    public Options leakedThreads(LeakedThreads value) {
        return new Options(
                executions,
                budget,
                strategy,
                seed,
                replay,
                dataRaces,
                timeouts,
                value,
                maxSteps,
                preemptions,
                inside,
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given bound on steps. */
    public Options maxSteps(int value) {
        return new Options(
                executions,
                budget,
                strategy,
                seed,
                replay,
                dataRaces,
                timeouts,
                leakedThreads,
                value,
                preemptions,
                inside,
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given bound on preemptive switches. */
    public Options preemptions(int value) {
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
                value,
                inside,
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given packages to explore inside. */
    public Options inside(String... value) {
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
                List.of(value),
                carrier,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given carrier. */
    public Options carrier(CarrierKind value) {
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
                value,
                threads,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with the given number of threads that run the body together. */
    public Options threads(int value) {
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
                value,
                isolate,
                spuriousWakeups);
    }

    /** Returns these options with or without a class loader for each execution. */
    public Options isolate(boolean value) {
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
                value,
                spuriousWakeups);
    }

    /** Returns these options with or without spurious wake-ups. */
    public Options spuriousWakeups(boolean value) {
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
                value);
    }
}
