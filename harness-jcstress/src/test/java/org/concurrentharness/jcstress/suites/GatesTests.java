package org.concurrentharness.jcstress.suites;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.concurrentharness.order.Gates;
import org.concurrentharness.order.IfFailed;
import org.concurrentharness.order.TestGraph;
import org.concurrentharness.order.TestOutcome;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A test at its gate: it passes when the other one has ended, sees what that did, and knows how it ended. */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "after the other one, which failed")
@Outcome(expect = Expect.FORBIDDEN, desc = "too early, or without knowing that the other one failed")
@State
public class GatesTests {
    private static final int SCHEMA = 0;
    private static final int QUERY = 1;
    private static final TestGraph GRAPH = TestGraph.of(List.of(
            new TestGraph.Node("schema", "schema", -1, false, TestGraph.Mode.CONCURRENTLY, List.of()),
            new TestGraph.Node(
                    "query",
                    "query",
                    -1,
                    false,
                    TestGraph.Mode.CONCURRENTLY,
                    List.of(new TestGraph.Dependency("schema", List.of(SCHEMA), IfFailed.SKIP)))));

    private final Gates gates = new Gates(GRAPH, Patience.OF_SUITES);

    // Plain, so that nothing but the gate publishes it.
    private int tables;

    @Actor
    public void schema() {
        gates.started(SCHEMA);
        tables = 1;
        gates.finished(SCHEMA, TestOutcome.FAILED, "");
    }

    @Actor
    public void query(IZ_Result result) {
        try {
            result.r2 = gates.pass(QUERY, ForkJoinPool::managedBlock).isPresent();
            result.r1 = tables;
        } catch (InterruptedException e) {
            result.r1 = -1;
        }
    }
}
