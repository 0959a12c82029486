package org.concurrentharness.explore;

import java.util.List;
import java.util.Optional;
import org.concurrentharness.report.FailureStory;

/**
 * What a campaign found: the shortest failing interleaving and the token that replays it. Immutable.
 *
 * @param kind what went wrong
 * @param message one sentence or a few lines that say what went wrong, without the interleaving
 * @param cause the exception behind it, when there is one; exceptions of classes of the campaign are handed out as a copy that
 *     keeps their text and stack trace
 * @param replayToken the text that replays this schedule, empty when no schedule can be replayed
 * @param trace the steps of the failing execution
 * @param report the whole report as text
 * @param races the data races that the campaign found, most harmful first
 * @param story all that the reports tell about it
 * @since 0.1
 */
public record Failure(
        Kind kind,
        String message,
        Optional<Throwable> cause,
        String replayToken,
        List<TraceStep> trace,
        String report,
        List<DataRace> races,
        FailureStory story) {
    /** The kinds of failures. */
    public enum Kind {
        /** A managed thread ended by an exception or a failed assertion. */
        EXCEPTION,
        /** Two threads access a location, one of them writes, and nothing orders them. */
        DATA_RACE,
        /** Unfinished threads wait, and nothing can wake them. */
        DEADLOCK,
        /** The execution did not end within the bound on steps. */
        LIVELOCK,
        /** A thread outlived the body. */
        LEAKED_THREAD,
        /** No sequential order of the operations explains their results. */
        NOT_LINEARIZABLE,
        /** The harness could not control the test. */
        NOT_CONTROLLED
    }

    /** Copies the lists. */
    public Failure {
        trace = List.copyOf(trace);
        races = List.copyOf(races);
    }

    /** Returns this failure with another text of the report. */
    Failure report(String text) {
        return new Failure(kind, message, cause, replayToken, trace, text, races, story);
    }
}
