package org.concurrentharness.linearizability;

import java.util.List;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Settings;

/**
 * Checks that a data structure is linearizable: that operations called from several threads at once always return what they could
 * have returned one after the other, in an order that keeps what had ended before what began (Herlihy and Wing, "Linearizability: a
 * correctness condition for concurrent objects", TOPLAS 12, 1990).
 *
 * <pre>{@code
 * class QueueTests {
 *     private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
 *
 *     @Operation
 *     boolean offer(@Range(from = 1, to = 3) int x) {
 *         return queue.offer(x);
 *     }
 *
 *     @Operation
 *     Integer poll() {
 *         return queue.poll();
 *     }
 * }
 *
 * Linearizability.check(QueueTests.class);
 * }</pre>
 *
 * <p>The harness makes up scenarios: which threads call which operations with which arguments. Each is explored by a campaign under
 * many schedules, and each history is explained by an order of its operations, or fails the check. What the operations return one
 * after the other is seen on the class itself, run by one thread, or on the class that {@link #specification} names.
 *
 * <p>Each execution has a fresh instance, made by the constructor without parameters. Results are compared by {@code equals} (arrays
 * by their elements) when all operations have ended, and exceptions by their type; an {@link Error} is a failure and no result. An
 * operation that blocks for ever is explained when the specification blocks as well after all operations that returned; operations
 * that wait for one another, as those of an exchanger do, have no specification that runs one after the other, and cannot be checked.
 *
 * <p>Immutable: each method named like an option returns a changed copy. System properties named {@code harness.*} win.
 *
 * @since 0.1
 */
public final class Linearizability {
    /** So many orders of the operations of one scenario are run on the specification at most. */
    static final int MOST_ORDERS = 5_000;

    private static final int MOST_AROUND = 10;
    private static final int EXECUTIONS = 10_000;

    /** Many, each with few executions: who calls what matters more than when, once strategies are good at the latter. */
    private static final int SCENARIOS = 300;

    private final Check check;

    private Linearizability(Check check) {
        this.check = check;
    }

    /**
     * Checks a class with the defaults.
     *
     * @throws ConcurrencyFailure when it is not linearizable, or fails in another way
     * @throws IllegalArgumentException when it cannot be checked
     */
    public static void check(Class<?> type) {
        of(type).check();
    }

    /** Returns a check of a class: two threads of up to three operations, 300 scenarios, 10 000 executions, 10 seconds. */
    public static Linearizability of(Class<?> type) {
        return new Linearizability(new Check(
                type,
                type,
                type.getName(),
                new Scenarios.Size(2, 3, 2, 1),
                SCENARIOS,
                Subject.Surroundings.NONE,
                Options.defaults().executions(EXECUTIONS)));
    }

    /** Returns this check with that many threads at most; a scenario has two or more, unless this is 1. */
    public Linearizability threads(int value) {
        atLeast("threads", value, 1);
        Scenarios.Size size = check.size();
        return sized(new Scenarios.Size(value, size.operations(), size.initial(), size.last()));
    }

    /** Returns this check with that many operations of each thread at most. */
    public Linearizability operations(int value) {
        atLeast("operations", value, 1);
        Scenarios.Size size = check.size();
        return sized(new Scenarios.Size(size.threads(), value, size.initial(), size.last()));
    }

    /** Returns this check with that many operations at most before the threads start: many bugs need a structure with something in it. */
    public Linearizability initialOperations(int value) {
        around("initialOperations", value);
        Scenarios.Size size = check.size();
        return sized(new Scenarios.Size(size.threads(), size.operations(), value, size.last()));
    }

    /** Returns this check with that many operations at most when the threads have ended: some bugs show only then. */
    public Linearizability finalOperations(int value) {
        around("finalOperations", value);
        Scenarios.Size size = check.size();
        return sized(new Scenarios.Size(size.threads(), size.operations(), size.initial(), value));
    }

    /** Returns this check with that many scenarios at most; small ones come first. */
    public Linearizability scenarios(int value) {
        atLeast("scenarios", value, 1);
        return new Linearizability(check.scenarios(value));
    }

    /**
     * Returns this check with a class that says what operations return one after the other: for each operation it has a method of the
     * same name and parameters.
     */
    public Linearizability specification(Class<?> value) {
        return new Linearizability(check.specification(value));
    }

    /** Returns this check with a method without parameters that runs after each execution in which all operations have returned. */
    public Linearizability invariant(String method) {
        Subject.Surroundings around = check.surroundings();
        return new Linearizability(
                check.surroundings(new Subject.Surroundings(around.setUp(), around.tearDown(), method)));
    }

    /** Returns this check with methods without parameters that run before the first operation of each execution. */
    public Linearizability setUp(String... methods) {
        Subject.Surroundings around = check.surroundings();
        return new Linearizability(
                check.surroundings(new Subject.Surroundings(List.of(methods), around.tearDown(), around.invariant())));
    }

    /** Returns this check with methods without parameters that run at the end of each execution. */
    public Linearizability tearDown(String... methods) {
        Subject.Surroundings around = check.surroundings();
        return new Linearizability(
                check.surroundings(new Subject.Surroundings(around.setUp(), List.of(methods), around.invariant())));
    }

    /** Returns this check with a name for reports; without, it is that of the class. */
    public Linearizability name(String value) {
        return new Linearizability(check.name(value));
    }

    /**
     * Returns this check with the options of the campaigns. The budgets in executions and time are those of all scenarios together;
     * {@code threads} and {@code isolate} mean nothing here.
     */
    public Linearizability options(Options value) {
        return new Linearizability(check.options(value));
    }

    /** Returns this check with the seed of scenarios and schedules. */
    public Linearizability seed(long value) {
        return options(check.options().seed(value));
    }

    /** Returns this check with who chooses the schedules. */
    public Linearizability strategy(Search value) {
        return options(check.options().strategy(value));
    }

    /** Returns this check with a replay token: just that schedule of that scenario is run. */
    public Linearizability replay(String value) {
        return options(check.options().replay(value));
    }

    /**
     * Explores.
     *
     * @throws IllegalArgumentException when the class or the specification cannot be checked
     */
    public LinearizabilityResult explore() {
        return explore(Settings.ofSystemProperties());
    }

    /**
     * Explores, with what {@code settings} set for the run.
     *
     * @throws IllegalArgumentException when the class or the specification cannot be checked
     */
    public LinearizabilityResult explore(Settings settings) {
        return new CheckRun(check, settings).run();
    }

    /**
     * Explores.
     *
     * @throws ConcurrencyFailure when the class is not linearizable, or fails in another way
     * @throws IllegalArgumentException when the class or the specification cannot be checked
     */
    public void check() {
        LinearizabilityResult ignored = explore().orThrow();
    }

    private Linearizability sized(Scenarios.Size size) {
        return new Linearizability(check.size(size));
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value + ".");
        }
    }

    private static void around(String name, int value) {
        if (value < 0 || value > MOST_AROUND) {
            throw new IllegalArgumentException(name + " must be from 0 to " + MOST_AROUND + ", but was " + value + ".");
        }
    }
}
