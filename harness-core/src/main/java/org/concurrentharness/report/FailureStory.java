package org.concurrentharness.report;

import java.util.List;
import java.util.Optional;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.TraceStep;

/**
 * What a report tells about one failure. Immutable.
 *
 * @param test the name of the test
 * @param kind what went wrong
 * @param message one sentence or a few lines that say what went wrong
 * @param details what belongs to the message, a line each: for a deadlock one for each waiting thread, for leaked threads one
 *     for each of them, empty for none
 * @param trace the steps of the failing execution, in order
 * @param threadNames the names of the managed threads, by their numbers
 * @param cause the exception behind the failure, when there is one
 * @param seed the seed of the campaign
 * @param execution the number of the failing execution, from 1
 * @param executionsRun how many executions ran before the campaign stopped, 0 when none could
 * @param preemptions the preemptive switches of the trace
 * @param replayToken the text that replays the trace, empty when nothing can be replayed
 * @param carrier what ran the threads, as "fibers" or "platform threads"
 * @param notes what else a reader should know, one sentence each
 * @param races the data races that were found, most harmful first; for other kinds of failures those found on the way
 * @param harm what a race did to the outcome in the trace shown, or that none was found to do anything; empty when there is none
 * @since 0.1
 */
public record FailureStory(
        String test,
        Failure.Kind kind,
        String message,
        List<String> details,
        List<TraceStep> trace,
        List<String> threadNames,
        Optional<Throwable> cause,
        long seed,
        int execution,
        int executionsRun,
        int preemptions,
        String replayToken,
        String carrier,
        List<String> notes,
        List<DataRace> races,
        String harm) {
    /** Copies the lists. */
    public FailureStory {
        details = List.copyOf(details);
        trace = List.copyOf(trace);
        threadNames = List.copyOf(threadNames);
        notes = List.copyOf(notes);
        races = List.copyOf(races);
    }
}
