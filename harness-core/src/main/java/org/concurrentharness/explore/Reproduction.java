package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.report.FailureReport;
import org.concurrentharness.report.FailureStory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a report of a failing execution: confirms it by a replay, shrinks its schedule, and writes down the shortest. */
final class Reproduction {
    private static final Logger LOG = LoggerFactory.getLogger(Reproduction.class);

    /** How often a failing schedule is replayed before it counts as one that cannot be repeated. */
    private static final int TRIES = 3;

    private final Exploring exploring;
    private final Scheduler scheduler;
    private final Attempt failing;
    private final Outcome bug;
    private final int execution;
    private final List<String> notes = new ArrayList<>();

    Reproduction(Exploring exploring, Scheduler scheduler, Attempt failing, Outcome bug, int execution) {
        this.exploring = exploring;
        this.scheduler = scheduler;
        this.failing = failing;
        this.bug = bug;
        this.execution = execution;
    }

    /** Reports a failure that a strategy has found. */
    Exploration failed() throws Throwable {
        if (!exploring.program().reported()) {
            return unreported();
        }
        LOG.atInfo()
                .addKeyValue("test", exploring.program().name())
                .addKeyValue("seed", exploring.seed())
                .addKeyValue("execution", execution)
                .addKeyValue("replay", exploring.token(failing.schedule()))
                .log("Found: {}", bug.message());
        if (!confirmed(failing.schedule())) {
            return report(failing, bug);
        }
        return recorded(new Shrinker(exploring, failing, attempt -> attempt.sameBugAs(bug)).shrink());
    }

    /** Returns what failed, as it failed first. */
    Exploration unreported() {
        return exploring.exploration(
                Verdict.FAILED, Optional.of(failure(story(failing, bug, Optional.empty(), List.of(), ""), "")));
    }

    /** Reports what the replay of a token has shown; the schedule stays as it is. */
    Exploration replayed() throws Throwable {
        return recorded(failing);
    }

    /**
     * Reports a failure of the first execution that the next one does not repeat.
     *
     * @param next the next one; when those after it do the same, it was the first one that was special
     */
    Exploration onlyOnce(Attempt next) throws Throwable {
        if (bug.kind() != Failure.Kind.NOT_CONTROLLED) {
            boolean settled = true;
            for (int i = 0; i < TRIES && settled; i++) {
                settled = exploring.run(Schedule.DEFAULT, false, null).repeats(next);
            }
            notes.add(
                    settled
                            ? Messages.ONLY_ONCE
                            : Messages.notRepeated(
                                    exploring.replay(), FirstDifference.find(exploring, Schedule.DEFAULT)));
        }
        return report(failing, bug);
    }

    private boolean confirmed(Schedule schedule) throws Throwable {
        for (int i = 0; i < TRIES; i++) {
            Attempt again = exploring.run(schedule, false, null);
            if (again.sameBugAs(bug)) {
                return true;
            }
        }
        notes.add(Messages.notRepeated(exploring.replay(), FirstDifference.find(exploring, schedule)));
        return false;
    }

    private Exploration recorded(Attempt shortest) throws Throwable {
        Recorder recorder = exploring.recorder();
        Attempt last = exploring.run(shortest.schedule(), false, recorder);
        exploring.describe();
        Outcome shown = last.outcome();
        if (shown == null || !shown.sameBugAs(bug)) {
            notes.add(Messages.notRepeated(exploring.replay(), ""));
            return report(shortest, bug);
        }
        return report(last, shown, Optional.of(recorder), races(recorder), "", List.of());
    }

    /** Returns the races that were found on the way to another failure. */
    private List<DataRace> races(Recorder recorder) throws Throwable {
        if (exploring.options().dataRaces() != DataRaces.REPORT) {
            return List.of();
        }
        return List.copyOf(new RaceTelling(exploring)
                .tell(exploring.races().found(), recorder.races())
                .values());
    }

    private Exploration report(Attempt attempt, Outcome outcome) {
        return report(attempt, outcome, Optional.empty(), List.of(), "", List.of());
    }

    /**
     * Publishes the report.
     *
     * @param recorder the record of the execution, if there is one
     * @param races most harmful first
     * @param moreNotes beside those of the campaign
     */
    Exploration report(
            Attempt attempt,
            Outcome outcome,
            Optional<Recorder> recorder,
            List<DataRace> races,
            String harm,
            List<String> moreNotes) {
        notes.addAll(moreNotes);
        FailureStory story = story(attempt, outcome, recorder, races, harm);
        Failure failure =
                failure(story, FailureReport.publish(story, exploring.program().reportDirectory()));
        exploring.notes().addAll(notes);
        exploring.reported(races);
        return exploring.exploration(Verdict.FAILED, Optional.of(failure));
    }

    private FailureStory story(
            Attempt attempt, Outcome outcome, Optional<Recorder> recorder, List<DataRace> races, String harm) {
        List<String> details = new ArrayList<>(outcome.details());
        details.addAll(exploring.described());
        List<String> allNotes = new ArrayList<>(exploring.notes());
        allNotes.addAll(notes);
        return new FailureStory(
                exploring.program().name(),
                outcome.kind(),
                outcome.message(),
                details,
                recorder.map(Recorder::steps).orElse(List.of()),
                recorder.map(Recorder::threadNames).orElse(List.of()),
                Optional.ofNullable(outcome.thrown()).map(CopiedThrowable::outside),
                exploring.seed(),
                execution,
                exploring.executions(),
                attempt.preemptions(),
                exploring.token(attempt.schedule()),
                scheduler.carrier().name(),
                allNotes,
                races,
                harm);
    }

    private static Failure failure(FailureStory story, String text) {
        return new Failure(
                story.kind(),
                story.message(),
                story.cause(),
                story.replayToken(),
                story.trace(),
                text,
                story.races(),
                story);
    }
}
