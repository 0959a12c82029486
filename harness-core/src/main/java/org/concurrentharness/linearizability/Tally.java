package org.concurrentharness.linearizability;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.concurrentharness.explore.Coverage;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Verdict;
import org.concurrentharness.report.CampaignReport;
import org.concurrentharness.report.FailureReport;

/** Adds up the campaigns of a check. */
final class Tally {
    private final String name;
    private final String reportDirectory;
    private final long seed;
    private final long start;
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<DataRace> races = new LinkedHashSet<>();
    private int scenarios;
    private int proved;
    private int inconclusive;
    private int executions;
    private int distinct;
    private long histories;
    private long traceHash;
    private Duration warmedUp = Duration.ZERO;

    Tally(String name, String reportDirectory, long seed, long start) {
        this.name = name;
        this.reportDirectory = reportDirectory;
        this.seed = seed;
        this.start = start;
    }

    int executions() {
        return executions;
    }

    void note(String note) {
        notes.add(note);
    }

    void add(Laboratory.Look look) {
        histories += look.histories();
        addTold(look.exploration());
    }

    void addTold(Exploration exploration) {
        if (scenarios == 0) {
            warmedUp = Duration.ofNanos(System.nanoTime() - start)
                    .minus(exploration.elapsed())
                    .plus(exploration.warmedUp());
        }
        scenarios++;
        proved += exploration.verdict() == Verdict.PROVED ? 1 : 0;
        inconclusive += exploration.verdict() == Verdict.INCONCLUSIVE ? 1 : 0;
        executions += exploration.executions();
        distinct += exploration.distinct();
        traceHash = 31 * traceHash + exploration.traceHash();
        notes.addAll(exploration.notes());
        races.addAll(exploration.races());
    }

    /** Returns the result when nothing has failed, and writes the reports about it. */
    LinearizabilityResult passed(boolean all) {
        Verdict verdict = inconclusive > 0
                ? Verdict.INCONCLUSIVE
                : scenarios > 0 && proved == scenarios ? Verdict.PROVED : Verdict.SURVIVED;
        LinearizabilityResult result = result(all, exploration(verdict, Optional.empty(), List.of()));
        notes.add(result.toString());
        return write(result(all, exploration(verdict, Optional.empty(), List.of())));
    }

    /** Returns the result of a failure that nobody has told about yet. */
    LinearizabilityResult failed(Exploration failed) {
        Failure failure = failed.failure().orElseThrow();
        String text = FailureReport.publish(failure.story(), reportDirectory);
        return write(result(false, exploration(Verdict.FAILED, Optional.of(reported(failure, text)), List.of())));
    }

    /** Returns the result of a failure that has been told. */
    LinearizabilityResult told(Exploration told) {
        notes.addAll(told.notes());
        races.addAll(told.races());
        return result(false, exploration(Verdict.FAILED, told.failure(), told.reports()));
    }

    /** Returns the result of a replay that did not fail. */
    LinearizabilityResult replayed(Exploration told) {
        return result(false, told);
    }

    private LinearizabilityResult write(LinearizabilityResult result) {
        CampaignReport report = CampaignReport.write(name, result.exploration(), reportDirectory);
        Exploration exploration = result.exploration();
        return result(
                result.all(),
                exploration(
                        exploration.verdict(),
                        exploration.failure().map(failure -> reported(failure, failure.report() + report.text())),
                        report.files()));
    }

    private static Failure reported(Failure failure, String text) {
        return new Failure(
                failure.kind(),
                failure.message(),
                failure.cause(),
                failure.replayToken(),
                failure.trace(),
                text,
                failure.races(),
                failure.story());
    }

    private LinearizabilityResult result(boolean all, Exploration exploration) {
        return new LinearizabilityResult(scenarios, proved, all, histories, exploration);
    }

    private Exploration exploration(Verdict verdict, Optional<Failure> failure, List<Path> reports) {
        return new Exploration(
                verdict,
                executions,
                distinct,
                failure,
                Duration.ofNanos(System.nanoTime() - start),
                seed,
                Map.of(),
                List.copyOf(notes),
                warmedUp,
                traceHash,
                List.copyOf(races),
                Coverage.NONE,
                reports);
    }
}
