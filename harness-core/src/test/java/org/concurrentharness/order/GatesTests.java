package org.concurrentharness.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.order.TestGraph.Dependency;
import org.concurrentharness.order.TestGraph.Mode;
import org.concurrentharness.order.TestGraph.Node;
import org.junit.jupiter.api.Test;

/** What waits at a gate, until when, and what it is told. */
class GatesTests {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Node> nodes = new ArrayList<>();

    private int add(String name, int parent, int... on) {
        return add(name, parent, IfFailed.SKIP, on);
    }

    private int add(String name, int parent, IfFailed ifFailed, int... on) {
        List<Dependency> dependencies = new ArrayList<>();
        for (int each : on) {
            dependencies.add(new Dependency(nodes.get(each).name(), List.of(each), ifFailed));
        }
        nodes.add(new Node(name, name, parent, false, Mode.CONCURRENTLY, dependencies));
        return nodes.size() - 1;
    }

    private Gates gates(Duration patience) {
        return new Gates(TestGraph.of(nodes), patience);
    }

    private static void run(Gates gates, int node, TestOutcome outcome) {
        gates.started(node);
        gates.finished(node, outcome, "");
    }

    /** A thread at a gate. */
    private static final class Waiter extends FutureTask<Optional<String>> {
        private final Thread thread;

        Waiter(Gates gates, int node) {
            super(() -> gates.pass(node, ForkJoinPool::managedBlock));
            thread = new Thread(this, "waiter");
            thread.start();
        }

        /** Returns when the thread waits. */
        void awaitWaiting() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(isDone()).isFalse();
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aTestWaitsUntilAllThatItDependsOnHasFinished() throws Exception {
        int first = add("first", -1);
        int second = add("second", -1);
        int last = add("last", -1, first, second);
        Gates gates = gates(PATIENCE);
        Waiter waiter = new Waiter(gates, last);
        waiter.awaitWaiting();

        run(gates, first, TestOutcome.PASSED);
        waiter.awaitWaiting();
        run(gates, second, TestOutcome.PASSED);

        assertThat(waiter.get(1, TimeUnit.MINUTES)).isEmpty();
    }

    @Test
    void whatHoldsTestsEndsAsTheWorstOfThem() throws Exception {
        int type = add("Type", -1);
        int good = add("Type#good", type);
        int bad = add("Type#bad", type);
        int after = add("after", -1, type);
        int anyway = add("anyway", -1, IfFailed.RUN, type);
        Gates gates = gates(PATIENCE);

        gates.started(type);
        run(gates, good, TestOutcome.PASSED);
        run(gates, bad, TestOutcome.FAILED);
        gates.finished(type, TestOutcome.PASSED, "");

        assertThat(gates.pass(after, ForkJoinPool::managedBlock)).contains("because Type failed (Type#bad)");
        assertThat(gates.pass(anyway, ForkJoinPool::managedBlock)).isEmpty();
    }

    @Test
    void whatNeverRanHasEndedWithWhatHeldIt() throws Exception {
        int type = add("Type", -1);
        int test = add("Type#test", type);
        int after = add("after", -1, test);
        Gates gates = gates(PATIENCE);

        gates.started(type);
        gates.finished(type, TestOutcome.FAILED, "its @BeforeAll failed");

        assertThat(gates.pass(after, ForkJoinPool::managedBlock)).contains("because Type#test failed");
    }

    @Test
    void whatIsSkippedIsSkippedWithAllThatItHolds() throws Exception {
        int type = add("Type", -1);
        int test = add("Type#test", type);
        int after = add("after", -1, test);
        Gates gates = gates(PATIENCE);

        gates.skipped(type, "not today");

        assertThat(gates.pass(after, ForkJoinPool::managedBlock)).contains("because Type#test is disabled (not today)");
    }

    @Test
    void invocationsCountForTheirTest() throws Exception {
        int test = add("test", -1);
        int after = add("after", -1, test);
        Gates gates = gates(PATIENCE);

        gates.started(test);
        gates.invocationRegistered(test);
        gates.invocationFinished(test, "[2] two", TestOutcome.FAILED, "is not one");
        gates.finished(test, TestOutcome.PASSED, "");

        assertThat(gates.pass(after, ForkJoinPool::managedBlock)).contains("because test failed ([2] two)");
    }

    @Test
    void aWorkerThatWaitsOnTopOfWhatItWaitsForGoesOnWhenAllThatThatHoldsHasFinished() throws Exception {
        int type = add("Type", -1);
        int test = add("Type#test", type);
        int after = add("after", -1, type);
        Gates gates = gates(PATIENCE);
        CountDownLatch began = new CountDownLatch(1);
        CompletableFuture<Optional<String>> passed = new CompletableFuture<>();
        // As a worker does that has started the class, waits for its test, and is given another test to run meanwhile.
        Thread worker = new Thread(() -> {
            gates.started(type);
            began.countDown();
            try {
                passed.complete(gates.pass(after, ForkJoinPool::managedBlock));
            } catch (InterruptedException | RuntimeException e) {
                passed.completeExceptionally(e);
            }
            gates.finished(type, TestOutcome.PASSED, "");
        });
        worker.start();
        began.await();

        run(gates, test, TestOutcome.PASSED);

        assertThat(passed.get(1, TimeUnit.MINUTES)).isEmpty();
        worker.join();
    }

    @Test
    void aPoolOfOneRunsTheOtherTestMeanwhile() throws Exception {
        int first = add("first", -1);
        int last = add("last", -1, first);
        Gates gates = gates(PATIENCE);
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            ForkJoinTask<Optional<String>> waiter = pool.submit(() -> gates.pass(last, ForkJoinPool::managedBlock));
            ForkJoinTask<?> other = pool.submit(() -> run(gates, first, TestOutcome.PASSED));

            assertThat(waiter.get(1, TimeUnit.MINUTES)).isEmpty();
            other.get(1, TimeUnit.MINUTES);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aWaitThatCanNeverEndIsToldWithTheStateOfAllGates() {
        int first = add("first", -1);
        int second = add("second", -1, first);
        Gates gates = gates(Duration.ofMillis(100));

        assertThatThrownBy(() -> gates.pass(second, ForkJoinPool::managedBlock))
                .isInstanceOf(OrderStalledException.class)
                .hasMessageMatching(
                        "second waits for first \\(not started\\), and no thread is left that could run that\\."
                                + " The gates:\\R    second in thread \".*\" waits for first \\(not started\\)\\RGive JUnit more"
                                + " threads .*");
    }

    @Test
    void theReportTellsWhoWaitedAndWhy() throws Exception {
        int first = add("first", -1);
        int second = add("second", -1, first);
        int third = add("third", -1);
        Gates gates = gates(PATIENCE);
        Waiter waiter = new Waiter(gates, second);
        waiter.awaitWaiting();
        run(gates, first, TestOutcome.ABORTED);
        waiter.get(1, TimeUnit.MINUTES);

        OrderReport report = gates.report();

        assertThat(report.tests().get(second).waited()).isNotNegative();
        assertThat(report.tests().get(first).finished())
                .isBetween(report.tests().get(second).waited(), report.nanos());
        assertThat(report.tests().get(first).outcome()).isEqualTo("aborted");
        assertThat(report.tests().get(third).outcome()).isEqualTo("not run");
        assertThat(report.tests().get(third).started()).isEqualTo(-1);
    }
}
