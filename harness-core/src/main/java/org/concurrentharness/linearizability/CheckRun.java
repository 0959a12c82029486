package org.concurrentharness.linearizability;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.agent.AgentUnavailableException;
import org.concurrentharness.explore.CampaignClassLoader;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.explore.Timeouts;
import org.concurrentharness.explore.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One check: explores scenario after scenario until one fails, and then looks for a smaller one that fails. */
final class CheckRun {
    private static final Logger LOG = LoggerFactory.getLogger(Linearizability.class);

    /** What a scenario gets at least, while there is time left. */
    private static final long PATIENCE_NANOS = 500_000_000;

    private final long start = System.nanoTime();
    private final Check check;
    private final Operations operations;
    private final Options options;
    private final Laboratory laboratory;
    private final Tally tally;

    CheckRun(Check check, Settings settings) {
        this.check = check;
        this.operations = check.operations();
        Options set = settings.over(check.options()).threads(1).isolate(false);
        long seed = set.seed();
        while (seed == 0) {
            seed = ThreadLocalRandom.current().nextLong();
        }
        this.options = set.seed(seed);
        installAgent();
        CampaignClassLoader loader = new CampaignClassLoader(
                check.type().getClassLoader() == null
                        ? ClassLoader.getSystemClassLoader()
                        : check.type().getClassLoader(),
                settings.shared(),
                options.inside());
        Programs programs = new Programs(
                check.name(),
                settings.reportDirectory(),
                loader,
                check.type(),
                check.specification(),
                check.surroundings());
        this.laboratory = new Laboratory(operations, programs, options);
        this.tally = new Tally(check.name(), settings.reportDirectory(), seed, start);
    }

    /** Before the first class of the campaign is loaded, which would not be rewritten. */
    private static void installAgent() {
        try {
            Agent.install();
        } catch (AgentUnavailableException e) {
            LOG.debug("Without the agent; the first campaign will say so", e);
        }
    }

    LinearizabilityResult run() {
        if (!options.replay().isEmpty()) {
            return replay();
        }
        Scenarios made = new Scenarios(operations, check.size(), options.seed());
        List<Scenario> scenarios = made.make(check.scenarios());
        Set<String> explored = new HashSet<>();
        long end = start + options.budget().toNanos();
        for (int i = 0; i < scenarios.size(); i++) {
            int left = scenarios.size() - i;
            long nanos = end - System.nanoTime();
            int executions = options.executions() - tally.executions();
            if (i > 0 && (nanos <= 0 || executions <= 0)) {
                tally.note("The budget was spent after " + i + " of " + scenarios.size() + " scenarios.");
                return tally.passed(false);
            }
            Laboratory.Prepared prepared = laboratory.prepare(scenarios.get(i));
            if (prepared.failure().isPresent()) {
                return tally.failed(prepared.failure().get());
            }
            if (!explored.add(prepared.scenario().key())) {
                continue; // what would block before or after the threads was left out, and so it is one that we had
            }
            if (prepared.orders().blocking() != 0 && options.timeouts() == Timeouts.ANY_TIME) {
                tally.note("Scenarios with operations that block for ever were left out:"
                        + " with timeouts = ANY_TIME it cannot be seen that they do.");
                continue;
            }
            // executions decide, so that a seed does the same on every machine; time bounds what is slower than most
            Options share = options.executions(Math.max(1, executions / left))
                    .budget(Duration.ofNanos(Math.max(
                            1, Math.min(nanos, Math.max(PATIENCE_NANOS, 4 * (nanos / left))))));
            Laboratory.Look look = laboratory.look(prepared, share);
            tally.add(look);
            if (look.exploration().verdict() == Verdict.FAILED) {
                return failed(prepared, look, "Scenario " + (i + 1) + " of " + scenarios.size());
            }
        }
        return tally.passed(made.all());
    }

    private LinearizabilityResult failed(Laboratory.Prepared prepared, Laboratory.Look look, String which) {
        Failure failure = look.exploration().failure().orElseThrow();
        if (failure.kind() == Failure.Kind.NOT_CONTROLLED) {
            return tally.failed(look.exploration());
        }
        LOG.atInfo()
                .addKeyValue("test", check.name())
                .addKeyValue("seed", options.seed())
                .addKeyValue("scenario", prepared.scenario())
                .log("Found: {}", failure.message());
        ScenarioShrinker shrinker = new ScenarioShrinker(laboratory, options, failure.kind());
        ScenarioShrinker.Found smallest =
                shrinker.shrink(prepared, look.exploration().executions());
        String origin = which + " failed, after " + tally.executions()
                + (tally.executions() == 1 ? " execution" : " executions") + " in all"
                + (smallest.prepared().scenario().size() < prepared.scenario().size()
                        ? "; it had " + prepared.scenario().size() + " operations, of which these were left."
                        : ".");
        Exploration told =
                laboratory.tell(smallest.prepared(), shrinker.options(smallest.executions()), List.of(origin));
        Optional<Failure> again = told.failure();
        if (again.isEmpty() || again.get().kind() != failure.kind()) {
            tally.note("The failure was not repeated: the executions depend on static state or on input that is not"
                    + " controlled.");
            return tally.failed(look.exploration());
        }
        return tally.told(told);
    }

    private LinearizabilityResult replay() {
        ScenarioToken token = ScenarioToken.parse(options.replay(), operations);
        Laboratory.Prepared prepared = laboratory.prepare(token.scenario());
        if (prepared.failure().isPresent()) {
            return tally.failed(prepared.failure().get());
        }
        Exploration told = laboratory.tell(prepared, options.replay(token.schedule()), List.of());
        tally.addTold(told);
        return told.failure().isPresent() ? tally.told(told) : tally.replayed(told);
    }
}
