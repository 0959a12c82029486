package org.concurrentharness.order;

import java.util.List;

/**
 * What became of the tests of a run that depend on each other: who ran when and where, who waited for whom, and how it ended.
 * Times are in nanoseconds from the run's beginning, and -1 for what never happened.
 *
 * @param tests the tests and what holds them, a parent before what it holds
 * @param nanos how long the run took
 * @since 0.1
 */
public record OrderReport(List<Row> tests, long nanos) {
    public OrderReport {
        tests = List.copyOf(tests);
    }

    /**
     * A test, or what holds tests.
     *
     * @param node what it is, by which it is found in the graph
     * @param outcome how it ended; what never ran {@code "not run"}
     * @param reason why it did not run or did not pass, or empty
     * @param worker the thread that it ran in, or empty
     * @param waited when it began to wait at its gate; -1 if it did not have to wait
     * @param started when it started
     * @param finished when it had finished, its lifecycle methods and all that it holds included
     */
    public record Row(
            TestGraph.Node node,
            String outcome,
            String reason,
            String worker,
            long waited,
            long started,
            long finished) {}
}
