package org.concurrentharness.stress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stress test has seen. Immutable.
 *
 * @param rounds how many rounds were run, a hung one included
 * @param failures how many of them failed
 * @param seen the outcomes, forbidden ones first
 * @param tried what became of rounds by how they started
 * @param seed the seed of skews and yields
 * @param elapsed how long all of it took
 * @param cause what the first failing round threw, if anything
 * @param hang what all threads did when a round did not end, if that happened
 * @param report everything as text
 * @since 0.1
 */
public record StressResult(
        long rounds,
        long failures,
        List<Seen> seen,
        List<Tried> tried,
        long seed,
        Duration elapsed,
        Optional<Throwable> cause,
        Optional<String> hang,
        String report) {
    /**
     * An outcome.
     *
     * @param outcome what it was
     * @param count how often
     * @param expect what is thought of it
     * @param description why; may be empty
     * @since 0.1
     */
    public record Seen(String outcome, long count, Expect expect, String description) {}

    /**
     * What became of rounds that started in one way.
     *
     * @param start how they started
     * @param rounds how many they were
     * @param failures how many of them failed
     * @since 0.1
     */
    public record Tried(Start start, long rounds, long failures) {}

    /** Copies the lists. */
    public StressResult {
        seen = List.copyOf(seen);
        tried = List.copyOf(tried);
    }

    /** Returns how probable it is that a round fails, with 95 % confidence. */
    public ConfidenceInterval probability() {
        return ConfidenceInterval.of(failures, rounds);
    }

    /**
     * Returns this result when no round failed.
     *
     * @throws StressFailure when one did
     */
    public StressResult orThrow() {
        if (failures > 0) {
            @Nullable Throwable thrown = cause.orElse(null);
            throw new StressFailure(report, thrown, this);
        }
        return this;
    }
}
