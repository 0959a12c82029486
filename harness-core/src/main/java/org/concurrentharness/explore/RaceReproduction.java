package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a report of a data race: looks for the harm that it does, shrinks the schedule that shows it, and writes down the
 * shortest.
 */
final class RaceReproduction {
    private static final Logger LOG = LoggerFactory.getLogger(RaceReproduction.class);

    /** How many executions the search for harm has at least, and how much time. */
    private static final int LEAST_EXECUTIONS = 1_000;

    private static final long LEAST_NANOS = 2_000_000_000L;

    private final Exploring exploring;
    private final Scheduler scheduler;
    private final Strategy strategy;
    private final Attempt racing;
    private final int execution;

    /** An execution that did harm, but only once. */
    private Optional<Attempt> notRepeated = Optional.empty();

    /**
     * Creates a reproduction.
     *
     * @param strategy with which to look for the harm
     * @param racing the execution after which the race was known
     * @param execution its number
     */
    RaceReproduction(Exploring exploring, Scheduler scheduler, Strategy strategy, Attempt racing, int execution) {
        this.exploring = exploring;
        this.scheduler = scheduler;
        this.strategy = strategy;
        this.racing = racing;
        this.execution = execution;
    }

    /** Reports a race that a strategy has found. */
    Exploration failed() throws Throwable {
        Races.Found first = exploring.races().found().values().iterator().next();
        if (!exploring.program().reported()) {
            String text = Messages.race(
                    new RaceStory(first.sighting(), exploring.program().loader()).tell(), 0);
            Outcome race = new Outcome(Failure.Kind.DATA_RACE, text, List.of(), null, -1, "race");
            return new Reproduction(exploring, scheduler, racing, race, execution).unreported();
        }
        LOG.atInfo()
                .addKeyValue("test", exploring.program().name())
                .addKeyValue("seed", exploring.seed())
                .addKeyValue("execution", execution)
                .addKeyValue("replay", exploring.token(first.schedule()))
                .log(
                        "Found: {}",
                        new RaceStory(first.sighting(), exploring.program().loader()).tell());
        Attempt harmful = failing(racing) ? racing : searchHarm();
        int searched = exploring.harmExecutions();
        if (harmful != null) {
            Predicate<Attempt> sameHarm = sameHarm(harmful);
            if (sameHarm.test(exploring.run(harmful.schedule(), false, null))) {
                return recorded(new Shrinker(exploring, harmful, sameHarm).shrink(), searched);
            }
            notRepeated = Optional.of(harmful);
        }
        String key = exploring.races().found().keySet().iterator().next();
        Attempt attempt = exploring.run(first.schedule(), false, null);
        if (attempt.races().contains(key)) {
            attempt = new Shrinker(exploring, attempt, each -> each.races().contains(key)).shrink();
        }
        return recorded(attempt, searched);
    }

    private static Predicate<Attempt> sameHarm(Attempt harmful) {
        Outcome harm = harmful.outcome();
        return harm != null
                ? attempt -> attempt.sameBugAs(harm)
                : attempt -> attempt.outcome() == null && Objects.equals(attempt.result(), harmful.result());
    }

    /** Reports what the replay of a token has shown; the schedule stays as it is. */
    Exploration replayed() throws Throwable {
        return recorded(racing, 0);
    }

    private @Nullable Attempt searchHarm() throws Throwable {
        int most = Math.max(LEAST_EXECUTIONS, exploring.options().executions() - execution);
        return exploring.searchHarm(strategy, racing, most, Math.max(LEAST_NANOS, exploring.nanosLeft()));
    }

    private static boolean failing(Attempt attempt) {
        Outcome outcome = attempt.outcome();
        return outcome != null && outcome.kind() != Failure.Kind.NOT_CONTROLLED;
    }

    private Exploration recorded(Attempt shortest, int searched) throws Throwable {
        Recorder recorder = exploring.recorder();
        Attempt last = exploring.run(shortest.schedule(), false, recorder);
        exploring.describe();
        Map<String, DataRace> shown = recorder.races();
        Map<String, DataRace> told =
                new RaceTelling(exploring).tell(exploring.races().found(), shown);
        List<TraceStep> trace = recorder.steps();
        List<String> notes = new ArrayList<>();
        if (shown.isEmpty()) {
            notes.add(Messages.RACE_ONLY_ONCE);
        }
        notes.addAll(exploring.races().exclusionNotes());
        Outcome harm = last.outcome();
        List<DataRace> races = ordered(told, shown, trace);
        String harmText = harmText(last, switchesAtRace(shown, trace), searched);
        Outcome outcome = new Outcome(
                Failure.Kind.DATA_RACE,
                Messages.race(races.get(0), races.size() - 1)
                        + (harm == null && !changesOutcome(last) ? "" : "\n" + harmText),
                harm == null ? List.of() : harm.details(),
                harm == null ? null : harm.thrown(),
                harm == null ? -1 : harm.thread(),
                "race");
        return new Reproduction(exploring, scheduler, last, outcome, execution)
                .report(last, outcome, Optional.of(recorder), races, harmText, notes);
    }

    private boolean changesOutcome(Attempt attempt) {
        return attempt.outcome() == null
                && attempt.result() != null
                && !exploring.usualOutcomes().isEmpty()
                && !exploring.usualOutcomes().contains(attempt.result());
    }

    private String harmText(Attempt attempt, boolean switchesAtRace, int searched) {
        Outcome harm = attempt.outcome();
        if (harm != null) {
            return Messages.harm(harm, switchesAtRace);
        }
        if (changesOutcome(attempt)) {
            return Messages.otherOutcome(String.valueOf(attempt.result()), exploring.usualOutcomes());
        }
        if (notRepeated.isPresent()) {
            return Messages.harmNotRepeated(notRepeated.get());
        }
        return searched > 0 ? Messages.noHarm(searched) : "";
    }

    /** Returns whether a preemptive switch comes right before or right after an access that races. */
    private static boolean switchesAtRace(Map<String, DataRace> shown, List<TraceStep> trace) {
        return shown.values().stream().anyMatch(race -> switchesAt(race, trace));
    }

    private static boolean switchesAt(DataRace race, List<TraceStep> trace) {
        return List.of(race.first(), race.second()).stream()
                .flatMap(access -> access.step().stream().boxed())
                .anyMatch(number -> trace.get(number - 1).preempted()
                        || (number < trace.size() && trace.get(number).preempted()));
    }

    /** Returns the races, those first that the trace switches at, then the others of the trace, writes before reads. */
    private static List<DataRace> ordered(
            Map<String, DataRace> told, Map<String, DataRace> shown, List<TraceStep> trace) {
        Map<DataRace, Integer> ranks = new HashMap<>();
        told.forEach((key, race) -> {
            DataRace inTrace = shown.get(key);
            int rank = inTrace == null ? 4 : switchesAt(inTrace, trace) ? 0 : 2;
            boolean bothWrite = race.first().operation().equals("write")
                    && race.second().operation().equals("write");
            ranks.merge(race, rank + (bothWrite ? 0 : 1), Math::min);
        });
        List<DataRace> races = new ArrayList<>(told.values());
        races.sort((one, other) -> Integer.compare(ranks.getOrDefault(one, 5), ranks.getOrDefault(other, 5)));
        return races;
    }
}
