package org.concurrentharness.order;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The gates of a run: a test waits at its own until all that it depends on has finished.
 *
 * <p>In a fork-join pool a worker that waits here is replaced by another one. When nothing has happened for the time of patience and
 * no thread runs a test, the wait can never end, and the one who waits is told so with the state of every gate.
 *
 * <p>Thread-safe: everything that changes is guarded by one lock, which nobody holds for longer than a look at one node.
 *
 * @since 0.1
 */
public final class Gates {
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final TestGraph graph;
    private final Duration patience;
    private final long beginning = System.nanoTime();
    private final State[] states;

    /** Who depends on each node. */
    private final List<List<Integer>> dependents = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();

    /** What each thread has started and not finished, the latest first. */
    private final Map<Thread, Deque<Integer>> open = new LinkedHashMap<>();

    /** Who waits at the gate of each node; no node is asked for by two threads. */
    private final Map<Integer, Gate> waiting = new LinkedHashMap<>();

    /** When it is looked next whether anything can happen, unless something does. */
    private long nextLook = beginning;

    /** What is known of a node. */
    private static final class State {
        boolean started;
        boolean finished;
        TestOutcome outcome = TestOutcome.PASSED;

        /** The first thing in it that ended as it did, and what it says of itself; empty if that is the node. */
        String culprit = "";

        String reason = "";
        String worker = "";
        long waitedAt = -1;
        long startedAt = -1;
        long finishedAt = -1;

        /** How many invocations and dynamic tests in it have been registered, and how many of those have finished. */
        int registered;

        int ended;

        /** How many threads that have started it wait at a gate of something else, so that they cannot finish it. */
        int buried;
    }

    /**
     * @param graph the tests
     * @param patience how long nothing may happen before it is looked whether something can
     */
    public Gates(TestGraph graph, Duration patience) {
        this.graph = graph;
        this.patience = patience;
        lookLater();
        states = new State[graph.nodes().size()];
        Arrays.setAll(states, i -> new State());
        for (int i = 0; i < states.length; i++) {
            dependents.add(new ArrayList<>(0));
        }
        for (int node = 0; node < states.length; node++) {
            for (TestGraph.Dependency dependency : graph.nodes().get(node).dependencies()) {
                for (int on : dependency.on()) {
                    dependents.get(on).add(node);
                }
            }
        }
    }

    /** Returns the tests that these are the gates of. */
    public TestGraph graph() {
        return graph;
    }

    /** How a thread waits, so that another one can take its place if it is a worker. */
    @FunctionalInterface
    public interface Waiting {
        /** Waits as {@link ForkJoinPool#managedBlock} does. */
        void block(ForkJoinPool.ManagedBlocker blocker) throws InterruptedException;
    }

    /**
     * Waits until all that a node depends on has finished.
     *
     * @param node the node
     * @param how how to wait, such as {@code ForkJoinPool::managedBlock}
     * @return why it may not run, or nothing if it may
     * @throws OrderStalledException if that can never be
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Optional<String> pass(int node, Waiting how) throws InterruptedException {
        if (graph.nodes().get(node).dependencies().isEmpty()) {
            return Optional.empty();
        }
        lock.lock();
        try {
            Gate gate = new Gate(node, lock.newCondition());
            if (!gate.isOpen()) {
                await(gate, how);
            }
            return refusal(node);
        } finally {
            lock.unlock();
        }
    }

    private void await(Gate gate, Waiting how) throws InterruptedException {
        Thread thread = Thread.currentThread();
        State state = states[gate.node];
        state.waitedAt = state.waitedAt < 0 ? now() : state.waitedAt;
        waiting.put(gate.node, gate);
        bury(thread, 1);
        lock.unlock();
        try {
            how.block(gate);
        } catch (RejectedExecutionException e) {
            // The pool may have no further worker. The others go on.
            while (!gate.block()) {
                Thread.onSpinWait();
            }
        } finally {
            lock.lock();
            bury(thread, -1);
            waiting.remove(gate.node);
        }
        if (gate.stalled) {
            throw new OrderStalledException(gate.report);
        }
    }

    /** What a thread has started cannot finish while it waits for something else. */
    private void bury(Thread thread, int count) {
        Deque<Integer> below = open.get(thread);
        if (below != null) {
            below.forEach(node -> states[node].buried += count);
            if (count > 0) {
                below.forEach(this::wakeDependents);
            }
        }
    }

    /** A node has started, in this thread. */
    public void started(int node) {
        lock.lock();
        try {
            State state = states[node];
            state.started = true;
            state.worker = Thread.currentThread().getName();
            state.startedAt = now();
            open.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>())
                    .push(node);
            lookLater();
        } finally {
            lock.unlock();
        }
    }

    /** A node has finished, in this thread. What holds others ended as the worst of them did. */
    public void finished(int node, TestOutcome outcome, String reason) {
        lock.lock();
        try {
            Deque<Integer> mine = open.get(Thread.currentThread());
            if (mine != null && mine.remove(node) && mine.isEmpty()) {
                open.remove(Thread.currentThread());
            }
            settle(node, outcome == TestOutcome.PASSED ? TestOutcome.ABORTED : outcome, reason);
            end(node, outcome, reason);
        } finally {
            lock.unlock();
        }
    }

    /** A node will not run, with all that it holds. */
    public void skipped(int node, String reason) {
        lock.lock();
        try {
            settle(node, TestOutcome.DISABLED, reason);
            end(node, TestOutcome.DISABLED, reason);
        } finally {
            lock.unlock();
        }
    }

    /** What has not run when that which holds it has ended will not run. */
    private void settle(int node, TestOutcome outcome, String reason) {
        for (int child : graph.children(node)) {
            if (!states[child].finished) {
                settle(child, outcome, reason);
                end(child, outcome, reason);
            }
        }
    }

    private void end(int node, TestOutcome outcome, String reason) {
        State state = states[node];
        if (outcome.compareTo(state.outcome) > 0) {
            state.outcome = outcome;
            state.reason = reason;
            state.culprit = "";
        }
        state.finished = true;
        state.finishedAt = now();
        lookLater();
        int parent = graph.nodes().get(node).parent();
        if (parent >= 0) {
            spread(parent, node);
        }
        wakeDependents(node);
    }

    private void spread(int parent, int node) {
        State from = states[node];
        State to = states[parent];
        if (from.outcome.compareTo(to.outcome) > 0) {
            to.outcome = from.outcome;
            to.reason = from.reason;
            to.culprit = from.culprit.isEmpty() ? graph.nodes().get(node).name() : from.culprit;
        }
    }

    /** An invocation or a dynamic test of a node is about to run. */
    public void invocationRegistered(int node) {
        lock.lock();
        try {
            states[node].registered++;
        } finally {
            lock.unlock();
        }
    }

    /** An invocation or a dynamic test of a node has ended. */
    public void invocationFinished(int node, String name, TestOutcome outcome, String reason) {
        lock.lock();
        try {
            State state = states[node];
            state.ended++;
            lookLater();
            if (outcome.compareTo(state.outcome) > 0) {
                state.outcome = outcome;
                state.reason = reason;
                state.culprit = name;
            }
            wakeDependents(node);
        } finally {
            lock.unlock();
        }
    }

    /** Opens the gates of what depends on a node or on what holds it, if it was the last that they waited for. */
    private void wakeDependents(int node) {
        for (int each = node; each >= 0; each = graph.nodes().get(each).parent()) {
            State state = states[each];
            if (state.finished || state.buried > 0) {
                for (int dependent : dependents.get(each)) {
                    Gate gate = waiting.get(dependent);
                    if (gate != null && gate.isOpen()) {
                        gate.opened.signalAll();
                    }
                }
            }
        }
    }

    /**
     * Returns whether a node has finished as far as it can: a thread that waits for a task of its pool may run another test
     * meanwhile, which then waits for what lies below it. All that such a node holds has to have finished.
     */
    private boolean isDone(int node) {
        State state = states[node];
        if (state.finished) {
            return true;
        }
        boolean holds = !graph.children(node).isEmpty() || state.registered > 0;
        return state.buried > 0
                && holds
                && state.ended == state.registered
                && graph.children(node).stream().allMatch(this::isDone);
    }

    /** Returns why a node may not run: something that it depends on did not pass. */
    private Optional<String> refusal(int node) {
        for (TestGraph.Dependency dependency : graph.nodes().get(node).dependencies()) {
            if (dependency.ifFailed() == IfFailed.RUN) {
                continue;
            }
            int worst = -1;
            for (int on : dependency.on()) {
                if (states[on].outcome != TestOutcome.PASSED
                        && (worst < 0 || states[on].outcome.compareTo(states[worst].outcome) > 0)) {
                    worst = on;
                }
            }
            if (worst >= 0) {
                return Optional.of(because(dependency.label(), worst));
            }
        }
        return Optional.empty();
    }

    private String because(String label, int node) {
        State state = states[node];
        String name = graph.nodes().get(node).name();
        String culprit = state.culprit.isEmpty() ? name : state.culprit;
        String detail = culprit.equals(label) ? "" : culprit;
        if (state.outcome != TestOutcome.FAILED && !state.reason.isEmpty()) {
            detail += (detail.isEmpty() ? "" : ": ") + state.reason;
        }
        return "because " + label + " " + state.outcome.verb() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    private void lookLater() {
        nextLook = System.nanoTime() + patience.toNanos();
    }

    private long now() {
        return System.nanoTime() - beginning;
    }

    /** Returns what has become of the tests so far. */
    public OrderReport report() {
        lock.lock();
        try {
            List<OrderReport.Row> rows = new ArrayList<>();
            for (int node = 0; node < states.length; node++) {
                State state = states[node];
                String reason = state.culprit.isEmpty() ? state.reason : state.culprit;
                rows.add(new OrderReport.Row(
                        graph.nodes().get(node),
                        state.finished ? state.outcome.name().toLowerCase(Locale.ROOT) : "not run",
                        reason,
                        state.worker,
                        state.waitedAt,
                        state.startedAt,
                        state.finishedAt));
            }
            return new OrderReport(rows, now());
        } finally {
            lock.unlock();
        }
    }

    /** A thread at the gate of a node. */
    private final class Gate implements ForkJoinPool.ManagedBlocker {
        private final int node;
        private final Condition opened;
        private final Thread thread = Thread.currentThread();
        private boolean stalled;
        private String report = "";

        Gate(int node, Condition opened) {
            this.node = node;
            this.opened = opened;
        }

        boolean isOpen() {
            for (TestGraph.Dependency dependency : graph.nodes().get(node).dependencies()) {
                for (int on : dependency.on()) {
                    if (!isDone(on)) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public boolean isReleasable() {
            lock.lock();
            try {
                return stalled || isOpen();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean block() throws InterruptedException {
            lock.lock();
            try {
                while (!isOpen()) {
                    opened.await(GLANCE.toNanos(), TimeUnit.NANOSECONDS);
                    if (!isOpen() && System.nanoTime() - nextLook > 0) {
                        // If this one gives up, the others may go on when it has failed.
                        lookLater();
                        if (!Workers.anyAtWork()) {
                            stalled = true;
                            report = stall(node);
                            return true;
                        }
                    }
                }
                return true;
            } finally {
                lock.unlock();
            }
        }
    }

    private String stall(int node) {
        StringBuilder text = new StringBuilder(graph.nodes().get(node).name() + " waits for "
                + String.join(", ", missing(node)) + ", and no thread is left that could run that. The gates:");
        waiting.values()
                .forEach(gate -> text.append(System.lineSeparator())
                        .append("    ")
                        .append(graph.nodes().get(gate.node).name())
                        .append(" in thread \"")
                        .append(gate.thread.getName())
                        .append("\" waits for ")
                        .append(String.join(", ", missing(gate.node))));
        return text.append(System.lineSeparator())
                .append(
                        "Give JUnit more threads (junit.jupiter.execution.parallel.config.*), let the tests run in one thread, or")
                .append(" look for a @ResourceLock that both need.")
                .toString();
    }

    private List<String> missing(int node) {
        List<String> missing = new ArrayList<>();
        for (TestGraph.Dependency dependency : graph.nodes().get(node).dependencies()) {
            for (int on : dependency.on()) {
                if (!isDone(on)) {
                    String name = graph.nodes().get(on).name();
                    missing.add(name + (states[on].started ? " (started)" : " (not started)"));
                }
            }
        }
        return missing;
    }
}
