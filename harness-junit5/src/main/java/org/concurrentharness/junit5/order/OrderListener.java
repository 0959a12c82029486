package org.concurrentharness.junit5.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.order.Gates;
import org.concurrentharness.order.TestOutcome;
import org.concurrentharness.report.OrderReports;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the gates what JUnit runs, and what became of it. JUnit calls it in the thread that runs the test. */
public final class OrderListener implements TestExecutionListener {
    private static final Logger LOG = LoggerFactory.getLogger("org.concurrentharness.order");

    /** Whether a run leaves pictures of itself. */
    private static final String PICTURES = "harness.order.pictures";

    private volatile List<OrderRun> runs = List.of();

    /** The node that each invocation and dynamic test belongs to. */
    private final Map<String, Integer> invocations = new ConcurrentHashMap<>();

    /** For the service loader. */
    public OrderListener() {}

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        List<OrderRun> begun = new ArrayList<>();
        ConfigurationParameters parameters = plan.getConfigurationParameters();
        for (OrderedTests tests : OrderDiscovery.of(plan)) {
            OrderRun run = new OrderRun(tests);
            run.begin();
            begun.add(run);
            tests.absent().values().stream()
                    .flatMap(List::stream)
                    .distinct()
                    .sorted()
                    .forEach(absent ->
                            LOG.info("Not among the tests selected for this run, and taken as passed: {}", absent));
        }
        runs = List.copyOf(begun);
        AutoRegistration.begin(begun, parameters);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        AutoRegistration.end(runs);
        ConfigurationParameters parameters = plan.getConfigurationParameters();
        for (OrderRun run : runs) {
            run.end();
            if (parameters.getBoolean(PICTURES).orElse(true)) {
                String directory = Settings.of(parameters::get).reportDirectory();
                run.gates().ifPresent(gates -> OrderReports.publish(gates.report(), directory));
            }
        }
        runs = List.of();
        invocations.clear();
    }

    @Override
    public void dynamicTestRegistered(TestIdentifier test) {
        test.getParentId()
                .ifPresent(parent -> at(parent, (gates, node) -> {
                    invocations.put(test.getUniqueId(), node);
                    gates.invocationRegistered(node);
                }));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (invocations.containsKey(test.getUniqueId())) {
            at(
                    test.getUniqueId(),
                    (gates, node) ->
                            gates.invocationFinished(node, test.getDisplayName(), TestOutcome.DISABLED, reason));
        } else {
            at(test.getUniqueId(), (gates, node) -> gates.skipped(node, reason));
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (!invocations.containsKey(test.getUniqueId())) {
            at(test.getUniqueId(), Gates::started);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        TestOutcome outcome = switch (result.getStatus()) {
            case SUCCESSFUL -> TestOutcome.PASSED;
            case ABORTED -> TestOutcome.ABORTED;
            case FAILED -> TestOutcome.FAILED;
        };
        String reason = result.getThrowable().map(OrderListener::reason).orElse("");
        if (invocations.containsKey(test.getUniqueId())) {
            at(
                    test.getUniqueId(),
                    (gates, node) -> gates.invocationFinished(node, test.getDisplayName(), outcome, reason));
        } else {
            at(test.getUniqueId(), (gates, node) -> gates.finished(node, outcome, reason));
        }
    }

    private static String reason(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
        String line = message.strip().lines().findFirst().orElse("");
        return line.startsWith(OrderExtension.NOT_RUN) ? line.substring(OrderExtension.NOT_RUN.length()) : line;
    }

    private void at(String id, BiConsumer<Gates, Integer> action) {
        for (OrderRun run : runs) {
            run.gates().ifPresent(gates -> {
                Integer invocation = invocations.get(id);
                OptionalInt node = invocation == null ? gates.graph().find(id) : OptionalInt.of(invocation);
                if (node.isPresent()) {
                    action.accept(gates, node.getAsInt());
                }
            });
        }
    }
}
