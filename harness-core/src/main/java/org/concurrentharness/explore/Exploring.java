package org.concurrentharness.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/** Runs the executions of a campaign, on the campaign's own thread. */
final class Exploring implements Runnable, Shrinker.Runner {
    static final String THREAD_NAME = "concurrent-harness";

    /** Executions that tell which outcomes there are without switches at racy accesses. */
    private static final int USUAL = 100;

    private final Options options;
    private final Program program;
    private final CarrierKind kind;
    private final long start;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, Long> outcomes = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final DistinctCounter distinct = new DistinctCounter();
    private final Replay replay = new Replay(Schedule.DEFAULT);
    private long seed;
    private int executions;
    private long warmedUp;
    private long traceHash;
    private boolean leakNoted;
    private boolean disturbed;
    private int harmExecutions;
    private final Set<String> usualOutcomes = new TreeSet<>();
    private final List<DataRace> reportedRaces = new ArrayList<>();
    private volatile boolean abandoned;
    private volatile @Nullable Scheduler shared;
    private volatile @Nullable Exploration result;
    private volatile @Nullable Throwable crash;

    // set by run, used on its thread only
    private @Nullable Scheduler own;
    private @Nullable SearchPlan plan;
    private @Nullable Races foundRaces;
    private @Nullable Pools pools;

    /** What the program has said about the execution that a report shows: others may follow before it is told. */
    private @Nullable List<String> described;

    Exploring(Options options, Program program, CarrierKind kind, long start) {
        this.options = options;
        this.program = program;
        this.kind = kind;
        this.start = start;
        this.seed = options.seed();
        while (seed == 0) {
            seed = ThreadLocalRandom.current().nextLong();
        }
    }

    // ---- seen from the thread that watches ------------------------------------------------------------------------

    Thread start() {
        Thread thread = new Thread(null, this, THREAD_NAME, 0, false);
        thread.setDaemon(true);
        JdkInternals.tid(thread, Pools.newThreadIds()); // where it is managed thread 0, its number must not vary
        thread.start();
        return thread;
    }

    CountDownLatch ended() {
        return ended;
    }

    long progress() {
        Scheduler scheduler = shared;
        return scheduler == null ? 0 : scheduler.progress();
    }

    Thread real(Thread control) {
        Scheduler scheduler = shared;
        return scheduler == null ? control : scheduler.carrier().real();
    }

    /** Returns the name of the managed thread that has control. */
    String runningName() {
        Scheduler scheduler = shared;
        return scheduler == null ? THREAD_NAME : scheduler.running().name();
    }

    /** Leaves the campaign's thread where it blocks. */
    void abandon() {
        abandoned = true;
        Scheduler scheduler = shared;
        if (scheduler != null) {
            scheduler.carrier().close();
        }
        Probe.current = null;
        Probe.campaign = false;
        Probe.recording = false;
    }

    Exploration result() {
        Throwable thrown = crash;
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown != null) {
            throw new IllegalStateException("The harness failed; please report this with the stack trace.", thrown);
        }
        Exploration found = result;
        if (found == null) {
            throw new IllegalStateException("The campaign's thread ended without a result; please report this.");
        }
        return found;
    }

    // ---- the campaign's thread --------------------------------------------------------------------------------------

    @Override
    public void run() {
        try {
            EngineClasses.load();
            Scheduler scheduler = new Scheduler(options, kind);
            foundRaces = new Races(scheduler.races, program, options);
            control(scheduler, new Pools());
        } catch (Throwable e) {
            crash = e;
        } finally {
            ended.countDown();
        }
    }

    private void control(Scheduler scheduler, Pools executionPools) throws Throwable {
        own = scheduler;
        pools = executionPools;
        Probe.listener = new Hooks(scheduler, executionPools);
        Probe.campaign = true;
        shared = scheduler;
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        try {
            result = options.replay().isEmpty() ? explore(scheduler) : replayToken(scheduler);
        } finally {
            if (!abandoned) {
                Probe.campaign = false;
                Probe.current = null;
                scheduler.carrier().close();
                scheduler.release();
                executionPools.end();
                Thread.setDefaultUncaughtExceptionHandler(handler);
            }
        }
    }

    private Exploration explore(Scheduler scheduler) throws Throwable {
        Attempt warmUp = run(Schedule.DEFAULT, false, null); // runs class initialisers; not counted
        warmedUp = System.nanoTime() - start;
        Outcome early = warmUp.outcome();
        if (early != null) {
            long footprint = scheduler.footprintHash();
            Attempt next = run(Schedule.DEFAULT, false, null);
            if (!next.sameBugAs(early)) {
                // most likely it fails only while static state is fresh: later executions would show something else, or
                // nothing
                executions = 1;
                distinct.add(footprint);
                return new Reproduction(this, scheduler, warmUp, early, 1).onlyOnce(next);
            }
        }
        Races races = races();
        long end = start + options.budget().toNanos();
        Attempt first = null;
        Strategy sampler = Strategies.of(options.strategy(), seed, options.preemptions() >= 0);
        SearchPlan search = new SearchPlan(options, program.name(), sampler, scheduler.footprints);
        plan = search;
        while (executions < options.executions() && !abandoned) {
            Strategy chooser;
            // the plainest schedule first: it tells most when it fails; it is compared with the warm-up
            boolean plainest = executions == 0 && options.strategy() != Search.EXHAUSTIVE;
            RacyPoints points = plainest ? RacyPoints.NONE : races.points();
            if (plainest) {
                replay.schedule(Schedule.DEFAULT);
                replay.begin(1);
                chooser = replay;
            } else {
                chooser = search.next(executions + 1, points);
            }
            if (chooser == null) {
                break;
            }
            execute(scheduler, chooser, points, false, null);
            races.collect(executions + 1, scheduler.choices);
            long footprint = scheduler.footprintHash();
            Outcome outcome = scheduler.outcome();
            ExecutionResult ended = new ExecutionResult(
                    executions + 1,
                    outcome != null,
                    scheduler.steps(),
                    scheduler.traceHash(),
                    footprint,
                    distinct.isNew(footprint));
            boolean counts = plainest || search.ended(ended, scheduler.choices.weight());
            boolean found = outcome != null || (options.dataRaces() == DataRaces.FAIL && !races.isEmpty());
            if (counts || found) {
                executions++;
                distinct.add(footprint);
                traceHash = Shadow.mix(traceHash ^ scheduler.traceHash());
            }
            if (options.dataRaces() == DataRaces.FAIL && !races.isEmpty()) {
                return new RaceReproduction(this, scheduler, sampler, attempt(scheduler), executions).failed();
            }
            if (outcome != null) {
                return new Reproduction(this, scheduler, attempt(scheduler), outcome, executions).failed();
            }
            if (counts) {
                count(scheduler);
            }
            if (plainest) {
                first = attempt(scheduler);
            }
            disturbed |= scheduler.footprints.disturbed();
            if (System.nanoTime() > end) {
                break;
            }
        }
        return survived(search, warmUp, first);
    }

    private void count(Scheduler scheduler) {
        String outcome = scheduler.result();
        if (outcome != null) {
            outcomes.merge(outcome, 1L, Long::sum);
        }
        if (!leakNoted && !scheduler.leaked().isEmpty() && options.leakedThreads() == LeakedThreads.REPORT) {
            leakNoted = true;
            notes.add(Messages.leakNote(scheduler.leaked()));
        }
    }

    private Exploration survived(SearchPlan search, Attempt warmUp, @Nullable Attempt first) throws Throwable {
        boolean repeatable = true;
        String obstacle = search.obstacle();
        if (obstacle != null) {
            repeatable = options.strategy() != Search.EXHAUSTIVE;
            notes.add(obstacle);
        } else if (!options.isolate() && !abandoned) {
            Attempt last = run(Schedule.DEFAULT, false, null);
            Attempt again = run(Schedule.DEFAULT, false, null);
            if (!again.repeats(last)) {
                repeatable = false;
                notes.add(Messages.differingExecutions(FirstDifference.find(this, Schedule.DEFAULT), last, again));
            } else if (first != null && (warmUp.traceHash() != first.traceHash() || !last.repeats(first))) {
                notes.add(Messages.STATIC_STATE);
            }
        }
        noteRaces();
        boolean proved = search.proved() && !disturbed;
        if (search.proved() && disturbed) {
            notes.add(Messages.DISTURBED);
        }
        return exploration(
                !repeatable ? Verdict.INCONCLUSIVE : proved ? Verdict.PROVED : Verdict.SURVIVED, Optional.empty());
    }

    private Exploration replayToken(Scheduler scheduler) throws Throwable {
        ReplayToken token = ReplayToken.parse(options.replay(), program.name());
        seed = token.seed();
        run(Schedule.DEFAULT, false, null);
        warmedUp = System.nanoTime() - start;
        Schedule schedule = token.schedule();
        Attempt attempt = run(schedule, false, null);
        executions = 1;
        distinct.add(scheduler.footprintHash());
        Outcome outcome = attempt.outcome();
        if (options.dataRaces() == DataRaces.FAIL && !races().isEmpty()) {
            return new RaceReproduction(this, scheduler, replay, attempt, 1).replayed();
        }
        if (outcome != null) {
            return new Reproduction(this, scheduler, attempt, outcome, 1).replayed();
        }
        if (replay.divergedAtStep() >= 0
                || replay.endedEarly()
                || attempt.schedule().length() != token.total()) {
            String message = Messages.replayDiverged(replay, attempt, token.total());
            return Campaign.notControlled(program, options.seed(seed), message, start);
        }
        count(scheduler);
        noteRaces();
        return exploration(Verdict.SURVIVED, Optional.empty());
    }

    /** Tells of the races that do not make the test fail, and of exclusions that excluded nothing. */
    private void noteRaces() throws Throwable {
        Races races = races();
        if (options.dataRaces() == DataRaces.REPORT) {
            for (DataRace race :
                    new RaceTelling(this).tell(races.found(), Map.of()).values()) {
                reportedRaces.add(race);
                notes.add(Messages.raceNote(race));
            }
        }
        if (options.dataRaces() != DataRaces.IGNORE) {
            notes.addAll(races.exclusionNotes());
        }
    }

    /**
     * Explores on from a race, with the accesses that have raced as points, until something fails or a body with an outcome has
     * one that it does not have without; null when nothing does.
     */
    @Nullable
    Attempt searchHarm(Strategy strategy, Attempt racing, int most, long nanos) throws Throwable {
        long end = System.nanoTime() + nanos;
        Races races = races();
        harmExecutions = 0;
        DistinctCounter met = new DistinctCounter(); // those of this search do not count among the campaign's
        usualOutcomes.addAll(outcomes.keySet());
        for (int i = 0; racing.result() != null && i < USUAL && System.nanoTime() < end; i++) {
            usualOutcomes.add(racing.result());
            strategy.begin(executions + i);
            execute(scheduler(), strategy, RacyPoints.NONE, false, null);
            String outcome = attempt(scheduler()).result();
            if (outcome != null) {
                usualOutcomes.add(outcome);
            }
        }
        while (harmExecutions < most && System.nanoTime() < end && !abandoned) {
            harmExecutions++;
            if (!strategy.begin(executions + harmExecutions)) {
                return null;
            }
            execute(scheduler(), strategy, races.points(), false, null);
            races.collect(executions, scheduler().choices);
            Attempt attempt = attempt(scheduler());
            long footprint = scheduler().footprintHash();
            boolean isNew = distinct.isNew(footprint) && met.add(footprint);
            strategy.end(new ExecutionResult(
                    executions + harmExecutions,
                    attempt.outcome() != null,
                    attempt.steps(),
                    attempt.traceHash(),
                    footprint,
                    isNew));
            Outcome outcome = attempt.outcome();
            if (outcome != null && outcome.kind() != Failure.Kind.NOT_CONTROLLED) {
                return attempt;
            }
            if (outcome == null && attempt.result() != null && !usualOutcomes.contains(attempt.result())) {
                return attempt;
            }
        }
        return null;
    }

    /** Returns a recorder of one more execution. */
    Recorder recorder() {
        return new Recorder(program.loader(), races().sites());
    }

    /** Keeps races for the result. */
    void reported(List<DataRace> races) {
        reportedRaces.addAll(races);
    }

    String token(Schedule schedule) {
        return program.token(
                ReplayToken.of(program.name(), options, seed, schedule).toString());
    }

    /** Returns the outcomes that were seen without switches at racy accesses. */
    Set<String> usualOutcomes() {
        return usualOutcomes;
    }

    /** Returns how many executions the last {@link #searchHarm} took. */
    int harmExecutions() {
        return harmExecutions;
    }

    /** Returns how much of the budget in time is left. */
    long nanosLeft() {
        return start + options.budget().toNanos() - System.nanoTime();
    }

    Races races() {
        Races races = foundRaces;
        if (races == null) {
            throw new IllegalStateException("the campaign's thread has not begun");
        }
        return races;
    }

    /** Notes that a report shows the last execution. */
    void describe() {
        described = program.description();
    }

    /** Returns what the program says about the execution that a report shows. */
    List<String> described() {
        List<String> recorded = described;
        return recorded == null ? program.description() : recorded;
    }

    /** Runs a schedule as far as it can be followed. */
    Attempt run(Schedule schedule, boolean logCandidates, @Nullable Recorder recorder) throws Throwable {
        replay.schedule(schedule);
        replay.begin(0);
        Scheduler scheduler = scheduler();
        execute(scheduler, replay, schedule.points(), logCandidates, recorder);
        races().collect(executions, scheduler.choices);
        return attempt(scheduler);
    }

    private void execute(
            Scheduler scheduler,
            Strategy strategy,
            RacyPoints points,
            boolean logCandidates,
            @Nullable Recorder recorder)
            throws Throwable {
        if (abandoned) {
            // it blocked, was left behind, and goes on now; the engine's static state is another campaign's
            throw new IllegalStateException("the campaign was given up");
        }
        Program.Body body = program.execution();
        ClassLoader loader = program.loader();
        Thread self = Thread.currentThread();
        if (self.getContextClassLoader() != loader) {
            self.setContextClassLoader(loader);
        }
        Pools executionPools = pools;
        if (executionPools != null) {
            executionPools.begin(seed, loader);
        }
        scheduler.execute(strategy, points, logCandidates, recorder, seed, body);
        if (executionPools != null) {
            executionPools.end();
        }
        scheduler.writeDown();
    }

    private Attempt attempt(Scheduler scheduler) {
        return new Attempt(
                scheduler.outcome(),
                scheduler.choices.schedule(scheduler.races.points()),
                scheduler.choices.preemptions(),
                scheduler.threads.active(),
                scheduler.steps(),
                scheduler.traceHash(),
                scheduler.result(),
                races().ofLastExecution());
    }

    private Scheduler scheduler() {
        Scheduler scheduler = own;
        if (scheduler == null) {
            throw new IllegalStateException("the campaign's thread has not begun");
        }
        return scheduler;
    }

    Exploration exploration(Verdict verdict, Optional<Failure> failure) {
        SearchPlan search = plan;
        int classes = search == null ? -1 : search.classes();
        int inequivalent = classes >= 0 ? classes : distinct.count();
        return new Exploration(
                verdict,
                executions,
                inequivalent,
                failure,
                Duration.ofNanos(System.nanoTime() - start),
                seed,
                outcomes,
                notes,
                Duration.ofNanos(warmedUp),
                traceHash,
                reportedRaces,
                search == null ? Coverage.NONE : search.coverage(verdict, executions, inequivalent));
    }

    // ---- for the reproduction of a failure --------------------------------------------------------------------------

    @Override
    public Attempt run(Schedule schedule) {
        try {
            return run(schedule, true, null);
        } catch (Throwable e) {
            throw new IllegalStateException("The test could be prepared before but not now.", e);
        }
    }

    @Override
    public int choicesMade() {
        return scheduler().choices.made();
    }

    @Override
    public int[] notTaken(int position) {
        return scheduler().choices.notTaken(position);
    }

    @Override
    public boolean couldGoOn(int position) {
        return scheduler().choices.couldGoOn(position);
    }

    Replay replay() {
        return replay;
    }

    Program program() {
        return program;
    }

    Options options() {
        return options;
    }

    long seed() {
        return seed;
    }

    int executions() {
        return executions;
    }

    List<String> notes() {
        return notes;
    }
}
