package org.concurrentharness.junit5;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Verdict;
import org.concurrentharness.stress.Stress;
import org.concurrentharness.stress.StressOptions;
import org.concurrentharness.stress.StressResult;
import org.junit.jupiter.api.function.Executable;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.opentest4j.TestAbortedException;

/** Runs the hunt of one class: each test alone, then the combinations of those that passed. */
final class HuntRun {
    private static final Duration LEAST_SHARE = Duration.ofMillis(100);

    private final ExecutionRequest request;
    private final EngineExecutionListener listener;
    private final HuntDescriptor descriptor;
    private final Hunt hunt;

    /** The fixtures of combinations on real threads. */
    private final HuntKeeper keeper;

    /** The combination of real threads that did not end; they may still use the fixtures. */
    private Optional<Combination> hung = Optional.empty();

    /** When the budget ends. */
    private long deadline;

    /** How many combinations have not ended, that which runs included. */
    private int left = 1;

    /** The tests whose turn to run alone is still to come. */
    private final Set<HuntedTest> notRunAlone = new HashSet<>();

    /** Why a test is in no combination, by tests that were run alone. */
    private final Map<HuntedTest, Optional<String>> alone = new HashMap<>();

    private HuntRun(ExecutionRequest request, HuntDescriptor descriptor, Hunt hunt, HuntKeeper keeper) {
        this.keeper = keeper;
        this.request = request;
        this.listener = request.getEngineExecutionListener();
        this.descriptor = descriptor;
        this.hunt = hunt;
    }

    /** Runs what is selected of a class. */
    static void of(HuntDescriptor descriptor, ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        Optional<String> disabled = descriptor.disabled();
        if (disabled.isPresent()) {
            listener.executionSkipped(descriptor, disabled.get());
            return;
        }
        listener.executionStarted(descriptor);
        TestExecutionResult result = TestExecutionResult.successful();
        Optional<Hunt> hunt = descriptor.hunt();
        if (hunt.isPresent()) {
            try (HuntKeeper keeper = new HuntKeeper(request, hunt.get().type())) {
                new HuntRun(request, descriptor, hunt.get(), keeper).run();
            } catch (RuntimeException e) {
                result = TestExecutionResult.failed(e);
            }
        } else {
            descriptor.getChildren().forEach(child -> {
                listener.executionStarted(child);
                listener.executionFinished(child, TestExecutionResult.failed(descriptor.fault()));
            });
        }
        listener.executionFinished(descriptor, result);
    }

    private void run() {
        if (!hunt.notes().isEmpty()) {
            listener.reportingEntryPublished(
                    descriptor, ReportEntry.from("harness.notes", String.join(System.lineSeparator(), hunt.notes())));
        }
        List<HuntDescriptor.Leaf> leaves = descriptor.getChildren().stream()
                .map(HuntDescriptor.Leaf.class::cast)
                .toList();
        try {
            hunt.check();
        } catch (Exception e) {
            fail(e, leaves);
            return;
        }
        String replay = hunt.options().replay();
        if (!replay.isEmpty() && hunt.fidelity() == Fidelity.STRESS) {
            leaves.forEach(leaf -> listener.executionSkipped(
                    leaf, "A replay token repeats a schedule, which there is none of with fidelity = STRESS."));
            return;
        }
        Optional<Combination> single = hunt.tests().stream()
                .map(hunt::alone)
                .filter(each -> each.has(replay))
                .findFirst();
        if (!replay.isEmpty()
                && single.isEmpty()
                && hunt.combinations().stream().noneMatch(each -> each.has(replay))) {
            fail(
                    Misuse.failure("The replay token " + replay + " is not one of the combinations of "
                            + hunt.type().getName()
                            + "; put it on the class that it was printed for, and if its tests were renamed, run it without"
                            + " replay to get a new token."),
                    leaves);
            return;
        }
        single.ifPresent(each -> {
            HuntDescriptor.Leaf leaf = register(descriptor.leaf(each));
            explore(leaf, each, hunt.options().replay(Combination.schedule(replay)));
        });
        deadline = System.nanoTime() + hunt.options().budget().toNanos();
        leaves.forEach(
                leaf -> notRunAlone.addAll(leaf.combination().orElseThrow().tests()));
        left = leaves.size();
        for (HuntDescriptor.Leaf leaf : leaves) {
            run(leaf);
            left--;
        }
    }

    /** Returns an equal share of the time that is left, for each combination and for each test by itself. */
    private Options share(Options options) {
        long share = (deadline - System.nanoTime()) / (left + notRunAlone.size());
        return options.budget(Duration.ofNanos(Math.max(share, LEAST_SHARE.toNanos())));
    }

    /** Fails as a whole. */
    private void fail(Exception e, List<HuntDescriptor.Leaf> leaves) {
        HuntDescriptor.Leaf itself = register(descriptor.itself());
        listener.executionStarted(itself);
        listener.executionFinished(itself, TestExecutionResult.failed(e));
        leaves.forEach(leaf ->
                listener.executionSkipped(leaf, "The hunt is impossible, see " + itself.getDisplayName() + "."));
    }

    private HuntDescriptor.Leaf register(HuntDescriptor.Leaf leaf) {
        descriptor.addChild(leaf);
        listener.dynamicTestRegistered(leaf);
        return leaf;
    }

    private void run(HuntDescriptor.Leaf leaf) {
        Combination combination = leaf.combination().orElseThrow();
        if (hung.isPresent()) {
            listener.executionSkipped(
                    leaf,
                    "The threads of " + hung.get().label()
                            + " did not end in time, and what they use may not be as it should be.");
            return;
        }
        String replay = hunt.options().replay();
        if (combination.tests().size() == 1) {
            explore(leaf, () -> performAlone(combination, each -> each.accept(leaf))); // selected since it has failed
        } else if (replay.isEmpty()) {
            Optional<String> out = combination.tests().stream()
                    .distinct()
                    .flatMap(test -> alone.computeIfAbsent(test, this::runAlone).stream())
                    .findFirst();
            if (out.isPresent()) {
                listener.executionSkipped(leaf, out.get());
            } else {
                explore(leaf, combination, share(hunt.options()));
            }
        } else if (combination.has(replay)) {
            explore(leaf, combination, share(hunt.options()).replay(Combination.schedule(replay)));
        } else {
            listener.executionSkipped(leaf, "The replay token is that of another combination.");
        }
    }

    /** Runs a test alone; when it does not pass, tells of it, and returns why it is in no combination. */
    private Optional<String> runAlone(HuntedTest test) {
        Combination combination = hunt.alone(test);
        List<Consumer<HuntDescriptor.Leaf>> publications = new ArrayList<>();
        try {
            performAlone(combination, publications::add);
            return Optional.empty();
        } catch (TestAbortedException e) {
            return Optional.of(test.name() + " is aborted when it runs alone: " + e.getMessage());
        } catch (Throwable t) {
            throwIfUnrecoverable(t);
            HuntDescriptor.Leaf leaf = register(descriptor.leaf(combination));
            listener.executionStarted(leaf);
            publications.forEach(each -> each.accept(leaf));
            listener.executionFinished(leaf, TestExecutionResult.failed(t));
            return Optional.of(test.name() + " fails when it runs alone, see " + leaf.getDisplayName() + ".");
        }
    }

    /**
     * Runs a test by itself and fails as it does: once, and where it can run in more than one way, in a campaign as long as those of
     * combinations, so that none of these is blamed for what its own threads do.
     */
    private void performAlone(Combination combination, Consumer<Consumer<HuntDescriptor.Leaf>> told) throws Throwable {
        notRunAlone.removeAll(combination.tests());
        if (hunt.fidelity() == Fidelity.STRESS) {
            perform(combination, share(hunt.repeatedAlone()), told);
            return;
        }
        List<Exploration> first = new ArrayList<>();
        hunt.program(combination, share(hunt.onceAlone())).explore(result -> {
            first.add(result);
            if (result.failure().isPresent()) {
                told.accept(leaf -> Publication.of(result, leaf, request));
            }
        });
        if (first.get(0).verdict() != Verdict.PROVED) {
            perform(combination, share(hunt.options()), told);
        }
    }

    /**
     * Runs tests beside each other and fails as they do.
     *
     * @param told is given what tells a test about the result
     */
    private void perform(Combination combination, Options options, Consumer<Consumer<HuntDescriptor.Leaf>> told)
            throws Throwable {
        if (hunt.fidelity() == Fidelity.EXPLORE) {
            hunt.program(combination, options)
                    .explore(result -> told.accept(leaf -> Publication.of(result, leaf, request)));
            return;
        }
        HuntedTests tests = hunt.onRealThreads(combination);
        Throwable thrown = null;
        try {
            Stress<?> stress = tests.stress(new Fixtures(keeper));
            tests.beforeAll();
            StressResult result = StressTestExtension.run(stress.options(StressOptions.defaults()
                    .rounds(options.executions())
                    .duration(options.budget())
                    .timeout(hunt.timeout())
                    .seed(options.seed())));
            told.accept(leaf ->
                    listener.reportingEntryPublished(leaf, ReportEntry.from(StressTestExtension.entries(result))));
            if (result.hang().isPresent()) {
                hung = Optional.of(combination);
            }
            StressTestExtension.throwUnlessPassed(result);
        } catch (Throwable t) {
            thrown = t;
        }
        try {
            tests.afterAll();
        } catch (Throwable t) {
            thrown = CampaignTest.join(thrown, t);
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private void explore(HuntDescriptor.Leaf leaf, Combination combination, Options options) {
        explore(leaf, () -> perform(combination, options, publication -> publication.accept(leaf)));
    }

    /** Runs a combination and tells what came of it. */
    private void explore(HuntDescriptor.Leaf leaf, Executable performed) {
        listener.executionStarted(leaf);
        TestExecutionResult result;
        try {
            performed.execute();
            result = TestExecutionResult.successful();
        } catch (TestAbortedException e) {
            result = TestExecutionResult.aborted(e);
        } catch (Throwable t) {
            throwIfUnrecoverable(t);
            result = TestExecutionResult.failed(t);
        }
        listener.executionFinished(leaf, result);
    }

    private static void throwIfUnrecoverable(Throwable t) {
        if (t instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
    }
}
