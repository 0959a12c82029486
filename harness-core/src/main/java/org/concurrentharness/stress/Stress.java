package org.concurrentharness.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors against each other on real threads, round after round, each on a state of its own, and counts what comes of it. For code
 * that a campaign cannot control, such as native code and sockets, and for what only real hardware does.
 *
 * <pre>{@code
 * Stress.of(AtomicInteger::new)
 *         .actor("one", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
 *         .actor("two", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
 *         .expect("1, 2|2, 1", Expect.ACCEPTABLE, "one after the other")
 *         .run()
 *         .orThrow();
 * }</pre>
 *
 * <p>The threads stay the same for all rounds, and no other thread spins beside them. States are made and arbiters run between batches
 * of rounds, by one of the threads. Starts that are aligned, randomly skewed and oversubscribed take turns.
 *
 * <p>Immutable: each method returns a changed copy.
 *
 * @param <S> the state of a round
 * @since 0.1
 */
public final class Stress<S> {
    final Callable<? extends S> state;
    final StressOptions options;
    final List<String> names;
    final List<Action<? super S>> actors;
    final Action<? super S> arbiter;
    final boolean silent;
    final Body<? super S> after;
    final List<Expectation> expectations;

    private Stress(
            Callable<? extends S> state,
            StressOptions options,
            List<String> names,
            List<Action<? super S>> actors,
            @Nullable Action<? super S> arbiter,
            Body<? super S> after,
            List<Expectation> expectations) {
        this.state = state;
        this.options = options;
        this.names = List.copyOf(names);
        this.actors = List.copyOf(actors);
        this.arbiter = arbiter == null ? (none, outcomes) -> {} : arbiter;
        this.silent = arbiter == null;
        this.after = after;
        this.expectations = List.copyOf(expectations);
    }

    /** Returns a stress test without actors yet, on a state that is made anew for each round. */
    public static <S> Stress<S> of(Callable<? extends S> state) {
        return new Stress<>(state, StressOptions.defaults(), List.of(), List.of(), null, round -> {}, List.of());
    }

    /** Returns this test with other options. */
    public Stress<S> options(StressOptions value) {
        return new Stress<>(state, value, names, actors, silent ? null : arbiter, after, expectations);
    }

    /** Returns this test with one actor more, which runs in a thread of its own. */
    public Stress<S> actor(String name, Action<? super S> action) {
        List<String> allNames = new ArrayList<>(names);
        allNames.add(name);
        List<Action<? super S>> all = new ArrayList<>(actors);
        all.add(action);
        return new Stress<>(state, options, allNames, all, silent ? null : arbiter, after, expectations);
    }

    /** Returns this test with one actor more, which puts nothing into the outcome. */
    public Stress<S> actor(String name, Body<? super S> body) {
        return actor(name, (round, outcomes) -> body.run(round));
    }

    /** Returns this test with an arbiter, which runs when the actors have ended, and fails the round by what it throws. */
    public Stress<S> arbiter(Action<? super S> action) {
        return new Stress<>(state, options, names, actors, action, after, expectations);
    }

    /** Returns this test with an arbiter that puts nothing into the outcome. */
    public Stress<S> arbiter(Body<? super S> body) {
        return arbiter((round, outcomes) -> body.run(round));
    }

    /**
     * Returns this test with something to do at the end of each round, whether it failed or not, such as closing the state. What it
     * throws fails the round.
     */
    public Stress<S> after(Body<? super S> body) {
        return new Stress<>(state, options, names, actors, silent ? null : arbiter, body, expectations);
    }

    /**
     * Returns this test with one expectation more. The first one that matches an outcome counts; outcomes that none matches fail.
     *
     * @param id a regular expression for whole outcomes
     * @param expect what is thought of them
     * @param description why; may be empty
     * @throws IllegalArgumentException when it is no regular expression
     */
    public Stress<S> expect(String id, Expect expect, String description) {
        List<Expectation> all = new ArrayList<>(expectations);
        all.add(Expectation.of(id, expect, description));
        return new Stress<>(state, options, names, actors, silent ? null : arbiter, after, all);
    }

    /**
     * Runs the rounds.
     *
     * @throws IllegalStateException when there is no actor
     * @throws InterruptedException when interrupted; what was seen until then is lost
     */
    public StressResult run() throws InterruptedException {
        if (actors.isEmpty()) {
            throw new IllegalStateException("A stress test needs actors; add them by actor(name, action).");
        }
        return new StressRun<>(this).run();
    }

    /**
     * Lets the calling thread be overtaken now and then: to be put where a switch may matter, in the code under test or in a stand-in
     * that it calls. In a thread of a stress test it yields, or spins for a moment, or does nothing, at random; elsewhere it does
     * nothing.
     */
    public static void mayYield() {
        if (Thread.currentThread() instanceof Worker<?> worker) {
            worker.mayYield();
        }
    }

    /**
     * What an actor or arbiter does and what it puts into the outcome.
     *
     * @param <S> the state of a round
     * @since 0.1
     */
    @FunctionalInterface
    public interface Action<S> {
        /** Runs once, on the state of a round. What it throws fails the round. */
        void run(S state, Outcomes outcomes) throws Throwable;
    }

    /**
     * What an actor or arbiter does.
     *
     * @param <S> the state of a round
     * @since 0.1
     */
    @FunctionalInterface
    public interface Body<S> {
        /** Runs once, on the state of a round. What it throws fails the round. */
        void run(S state) throws Throwable;
    }
}
