package org.concurrentharness.linearizability;

import java.util.Optional;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Verdict;

/**
 * The result of a check. Immutable.
 *
 * @param scenarios how many scenarios were explored
 * @param proved in how many of them every schedule was explored, up to equivalence
 * @param all true when those are all scenarios of the given size, up to the order of the threads
 * @param histories how many different histories there were: results, and what had ended when what began
 * @param exploration the campaigns of all scenarios taken together: their executions, what they had to say and, after a failure,
 *     the campaign of the smallest scenario that fails
 * @since 0.1
 */
public record LinearizabilityResult(int scenarios, int proved, boolean all, long histories, Exploration exploration) {
    /**
     * Returns what can be said: {@link Verdict#PROVED} only when every schedule of each of the scenarios was explored, for those
     * {@link #scenarios}.
     */
    public Verdict verdict() {
        return exploration.verdict();
    }

    /** Returns how many executions there were, those on the way to the smallest scenario not counted. */
    public int executions() {
        return exploration.executions();
    }

    /** Returns what was found, when the verdict is {@link Verdict#FAILED}. */
    public Optional<Failure> failure() {
        return exploration.failure();
    }

    /**
     * Returns this result when nothing was found.
     *
     * @throws ConcurrencyFailure when the verdict is {@link Verdict#FAILED}
     */
    public LinearizabilityResult orThrow() {
        Exploration ignored = exploration.orThrow();
        return this;
    }

    /** Returns a sentence for a reader. */
    @Override
    public String toString() {
        return switch (verdict()) {
            case PROVED -> "PROVED for " + these() + ": every schedule was explored, up to equivalence.";
            case SURVIVED ->
                "SURVIVED " + executions() + " executions of " + these()
                        + (proved == 0 ? "." : ", " + proved + " of them proved.");
            case FAILED -> "FAILED: " + failure().map(Failure::message).orElse("");
            case INCONCLUSIVE -> "INCONCLUSIVE: " + String.join(" ", exploration.notes());
        };
    }

    private String these() {
        return scenarios == 1
                ? (all ? "the only scenario" : "1 scenario")
                : (all ? "all " : "these ") + scenarios + " scenarios";
    }
}
