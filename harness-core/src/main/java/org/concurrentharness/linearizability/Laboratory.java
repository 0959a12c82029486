package org.concurrentharness.linearizability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.LeakedThreads;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Timeouts;

/** Runs campaigns: of the specification for a scenario, and of the scenario. */
final class Laboratory {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int STEPS = 1_000_000;
    private static final int FACTOR = 50;

    private final Operations operations;
    private final Programs programs;
    private final Options options;

    Laboratory(Operations operations, Programs programs, Options options) {
        this.operations = operations;
        this.programs = programs;
        this.options = options;
    }

    /**
     * A scenario with all that the specification does.
     *
     * @param failure the campaign, when the specification could not be run under control
     */
    record Prepared(Scenario scenario, SequentialOrders orders, Results results, Optional<Exploration> failure) {}

    /**
     * What a campaign has found.
     *
     * @param histories how many different ones
     */
    record Look(Exploration exploration, int histories) {}

    /**
     * Runs the specification on every order of the calls of a scenario. Of what is called before and after the threads, that is left
     * out which may block.
     *
     * @throws IllegalArgumentException when it is no specification
     */
    Prepared prepare(Scenario scenario) {
        Prepared prepared = run(scenario);
        while (prepared.failure().isEmpty()) {
            int blocking = blockingAround(prepared);
            if (blocking < 0) {
                break;
            }
            prepared = run(prepared.scenario().without(blocking));
        }
        return prepared;
    }

    private static int blockingAround(Prepared prepared) {
        int[] places = prepared.scenario().places();
        for (int call = 0; call < places.length; call++) {
            if (places[call] < 0 && (prepared.orders().blocking() >> call & 1) != 0) {
                return call;
            }
        }
        return -1;
    }

    private Prepared run(Scenario scenario) {
        SequentialOrders orders = new SequentialOrders(scenario);
        Results results = new Results();
        SpecificationProgram program = new SpecificationProgram(programs, scenario, orders, results);
        Exploration exploration = Explorer.explore(
                options.executions(1)
                        .budget(LONG)
                        .strategy(Search.RANDOM)
                        .dataRaces(DataRaces.IGNORE)
                        .leakedThreads(LeakedThreads.IGNORE)
                        .timeouts(Timeouts.WHEN_IDLE)
                        .spuriousWakeups(false)
                        .preemptions(-1)
                        .replay("")
                        .maxSteps(Math.max(STEPS, Math.min(STEPS, options.maxSteps()) * FACTOR)),
                program);
        Throwable broken = program.broken();
        if (broken != null) {
            throw new IllegalArgumentException(
                    subject() + " cannot be instantiated: its constructor throws " + broken
                            + "; mend it, or name another class.",
                    broken);
        }
        Optional<Failure> failure = exploration.failure();
        if (failure.isPresent() && failure.get().kind() != Failure.Kind.NOT_CONTROLLED) {
            throw new IllegalArgumentException(
                    subject() + " fails when one thread calls " + SpecificationProgram.order(scenario.calls())
                            + " in some order: " + failure.get().message()
                            + (failure.get().kind() == Failure.Kind.EXCEPTION
                                    ? "; what an operation may throw is an Exception."
                                    : " An operation must return, or wait for what is never to come, when one thread calls it."),
                    failure.get().cause().orElse(null));
        }
        results.changed().ifPresent(changed -> {
            throw new IllegalArgumentException(subject() + " returns a result that changes later, so that it cannot be"
                    + " compared: " + changed + " Return a copy.");
        });
        if (!orders.difference().isEmpty()) {
            throw new IllegalArgumentException(notDeterministic(scenario, orders.difference(), results));
        }
        orders.reduce();
        return new Prepared(scenario, orders, results, failure.map(f -> exploration));
    }

    private String notDeterministic(Scenario scenario, List<Integer> difference, Results results) {
        String returned = "called twice by one thread after the same operations, "
                + scenario.calls().get(difference.get(0)) + " returned " + results.text(difference.get(1))
                + " and then " + results.text(difference.get(2)) + "; ";
        return results.byIdentity(difference.get(1))
                .filter(type -> results.byIdentity(difference.get(2)).isPresent())
                .map(type -> subject() + " returns what cannot be compared: " + returned + type
                        + " has no equals, so that each object equals only itself. Return a value, or add equals and"
                        + " hashCode.")
                .orElseGet(() -> subject() + " is not deterministic: " + returned
                        + "results must be equal (by equals) whenever the operations before are, and neither static state"
                        + " nor the time nor random numbers must change them.");
    }

    private String subject() {
        return programs.specification() == programs.subject()
                ? operations.type().getName()
                : "The specification " + programs.specification().name();
    }

    /** Explores a scenario for whether anything fails. */
    Look look(Prepared prepared, Options bounds) {
        ScenarioProgram program = program(prepared, false, List.of());
        return new Look(Explorer.explore(bounds, program), program.histories());
    }

    /** Explores a scenario, or replays a schedule of it, and tells what fails. */
    Exploration tell(Prepared prepared, Options bounds, List<String> origin) {
        return Explorer.explore(bounds, program(prepared, true, origin));
    }

    private ScenarioProgram program(Prepared prepared, boolean reported, List<String> origin) {
        return new ScenarioProgram(
                programs,
                prepared.scenario(),
                prepared.orders(),
                prepared.results(),
                reported,
                schedule -> new ScenarioToken(prepared.scenario(), schedule).encode(operations),
                origin);
    }
}
