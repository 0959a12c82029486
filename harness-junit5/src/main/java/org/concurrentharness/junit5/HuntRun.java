package org.concurrentharness.junit5;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Options;
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

    /** Why a test is in no combination, by tests that were run alone. */
    private final Map<HuntedTest, Optional<String>> alone = new HashMap<>();

    private HuntRun(ExecutionRequest request, HuntDescriptor descriptor, Hunt hunt) {
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
        descriptor
                .hunt()
                .ifPresentOrElse(
                        hunt -> new HuntRun(request, descriptor, hunt).run(),
                        () -> descriptor.getChildren().forEach(child -> {
                            listener.executionStarted(child);
                            listener.executionFinished(child, TestExecutionResult.failed(descriptor.fault()));
                        }));
        listener.executionFinished(descriptor, TestExecutionResult.successful());
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
        long deadline = System.nanoTime() + hunt.options().budget().toNanos();
        for (int i = 0; i < leaves.size(); i++) {
            long share = Math.max((deadline - System.nanoTime()) / (leaves.size() - i), LEAST_SHARE.toNanos());
            run(leaves.get(i), hunt.options().budget(Duration.ofNanos(share)));
        }
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

    private void run(HuntDescriptor.Leaf leaf, Options options) {
        Combination combination = leaf.combination().orElseThrow();
        String replay = options.replay();
        if (combination.tests().size() == 1) {
            explore(leaf, combination, hunt.optionsAlone()); // it failed in an earlier run, and was selected for that
        } else if (replay.isEmpty()) {
            Optional<String> out = combination.tests().stream()
                    .distinct()
                    .flatMap(test -> alone.computeIfAbsent(test, this::runAlone).stream())
                    .findFirst();
            if (out.isPresent()) {
                listener.executionSkipped(leaf, out.get());
            } else {
                explore(leaf, combination, options);
            }
        } else if (combination.has(replay)) {
            explore(leaf, combination, options.replay(Combination.schedule(replay)));
        } else {
            listener.executionSkipped(leaf, "The replay token is that of another combination.");
        }
    }

    /** Runs a test alone, once; when it does not pass, tells of it, and returns why it is in no combination. */
    private Optional<String> runAlone(HuntedTest test) {
        Combination combination = hunt.alone(test);
        List<Exploration> explorations = new ArrayList<>();
        try {
            hunt.program(combination, hunt.optionsAlone()).explore(explorations::add);
            return Optional.empty();
        } catch (TestAbortedException e) {
            return Optional.of(test.name() + " is aborted when it runs alone: " + e.getMessage());
        } catch (Throwable t) {
            throwIfUnrecoverable(t);
            HuntDescriptor.Leaf leaf = register(descriptor.leaf(combination));
            listener.executionStarted(leaf);
            explorations.forEach(each -> Publication.of(each, leaf, request));
            listener.executionFinished(leaf, TestExecutionResult.failed(t));
            return Optional.of(test.name() + " fails when it runs alone, see " + leaf.getDisplayName() + ".");
        }
    }

    /** Explores a combination and tells what came of it. */
    private void explore(HuntDescriptor.Leaf leaf, Combination combination, Options options) {
        listener.executionStarted(leaf);
        TestExecutionResult result;
        try {
            hunt.program(combination, options).explore(exploration -> Publication.of(exploration, leaf, request));
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
