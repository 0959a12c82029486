package org.concurrentharness.linearizability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;

/**
 * Looks for a smaller scenario that fails in the same way, by leaving out a thread or a call as long as what is left still fails.
 * Bounded by executions: the same failure gives the same scenario.
 */
final class ScenarioShrinker {
    /** Executions of one look: so many times those that the larger scenario has taken, within bounds. */
    private static final int FACTOR = 5;

    private static final int LEAST = 300;
    private static final int MOST = 2_000;
    private static final int ALL = 20_000;

    /** Of all looks together; only a scenario with very long executions gets there. */
    private static final long NANOS = 20_000_000_000L;

    private final Laboratory laboratory;
    private final Options options;
    private final Failure.Kind kind;
    private final Set<String> tried = new HashSet<>();
    private final long end = System.nanoTime() + NANOS;
    private int executions;

    /**
     * A scenario that fails.
     *
     * @param executions how many executions it took
     */
    record Found(Laboratory.Prepared prepared, int executions) {}

    ScenarioShrinker(Laboratory laboratory, Options options, Failure.Kind kind) {
        this.laboratory = laboratory;
        this.options = options;
        this.kind = kind;
    }

    Found shrink(Laboratory.Prepared failing, int took) {
        Found best = new Found(failing, took);
        Optional<Found> smaller = smaller(best);
        while (smaller.isPresent()) {
            best = smaller.get();
            smaller = smaller(best);
        }
        return best;
    }

    private Optional<Found> smaller(Found best) {
        for (Scenario candidate : candidates(best.prepared().scenario())) {
            if (executions >= ALL || System.nanoTime() > end) {
                return Optional.empty();
            }
            if (tried.add(candidate.key())) {
                Optional<Found> found = fails(candidate, best.executions());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Scenario> candidates(Scenario scenario) {
        List<Scenario> candidates = new ArrayList<>();
        if (scenario.threads().size() > 1) {
            for (int thread = scenario.threads().size() - 1; thread >= 0; thread--) {
                candidates.add(scenario.withoutThread(thread));
            }
        }
        for (int call = scenario.size() - 1; call >= 0; call--) {
            Scenario without = scenario.without(call);
            if (!without.threads().isEmpty()) {
                candidates.add(without);
            }
        }
        return candidates;
    }

    private Optional<Found> fails(Scenario candidate, int took) {
        Laboratory.Prepared prepared = laboratory.prepare(candidate);
        if (prepared.failure().isPresent()) {
            return Optional.empty();
        }
        Laboratory.Look look = laboratory.look(prepared, options(took));
        executions += look.exploration().executions();
        return look.exploration()
                .failure()
                .filter(failure -> failure.kind() == kind)
                .map(failure -> new Found(prepared, look.exploration().executions()));
    }

    /** Returns the options with which a scenario fails again, or a smaller one should, that took so many executions. */
    Options options(int took) {
        return options.executions(Math.max(took, Math.min(MOST, Math.max(LEAST, FACTOR * took))))
                .budget(Duration.ofNanos(NANOS));
    }
}
