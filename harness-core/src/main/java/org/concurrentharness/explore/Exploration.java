package org.concurrentharness.explore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a campaign. Immutable.
 *
 * @param verdict what can be said about the test
 * @param executions how many schedules ran; the warm-up, replays and the shrinking of a failure are not counted
 * @param distinct how many of them were inequivalent: they differ in the order of operations on at least one common object
 * @param failure what was found, when the verdict is FAILED
 * @param elapsed the time that the campaign took
 * @param seed the seed that was used
 * @param outcomes how often each outcome of a body with a result was seen, by its text
 * @param notes what else a reader should know, one sentence each: leaked threads, differing executions, what was not checked
 * @param warmedUp the time until the first counted execution began
 * @param traceHash a hash of every step of every counted execution in order: campaigns that did the same have the same one, on
 *     each carrier and in each JVM
 * @param races the data races that were found, whether they make the test fail or not; without those that the program tolerates
 * @param coverage how much of what the test can do was seen
 * @param reports the files that tell about this campaign, for people first; none where they could not be written
 * @since 0.1
 */
public record Exploration(
        Verdict verdict,
        int executions,
        int distinct,
        Optional<Failure> failure,
        Duration elapsed,
        long seed,
        Map<String, Long> outcomes,
        List<String> notes,
        Duration warmedUp,
        long traceHash,
        List<DataRace> races,
        Coverage coverage,
        List<Path> reports) {
    /** Copies the collections. */
    public Exploration {
        outcomes = Map.copyOf(outcomes);
        notes = List.copyOf(notes);
        races = List.copyOf(races);
        reports = List.copyOf(reports);
    }

    /** Creates the result of a campaign about which nothing is written yet. */
    Exploration(
            Verdict verdict,
            int executions,
            int distinct,
            Optional<Failure> failure,
            Duration elapsed,
            long seed,
            Map<String, Long> outcomes,
            List<String> notes,
            Duration warmedUp,
            long traceHash,
            List<DataRace> races,
            Coverage coverage) {
        this(
                verdict,
                executions,
                distinct,
                failure,
                elapsed,
                seed,
                outcomes,
                notes,
                warmedUp,
                traceHash,
                races,
                coverage,
                List.of());
    }

    /** Returns this exploration with the given files, and the text of its failure's report with the given lines more. */
    Exploration reported(List<Path> files, String lines) {
        return new Exploration(
                verdict,
                executions,
                distinct,
                failure.map(found -> found.report(found.report() + lines)),
                elapsed,
                seed,
                outcomes,
                notes,
                warmedUp,
                traceHash,
                races,
                coverage,
                files);
    }

    /**
     * Returns this exploration when nothing was found.
     *
     * @throws ConcurrencyFailure when the verdict is {@link Verdict#FAILED}
     */
    public Exploration orThrow() {
        if (failure.isPresent()) {
            throw new ConcurrencyFailure(failure.get().report(), this);
        }
        return this;
    }
}
