package org.concurrentharness.junit5;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Sees the last test of each group end, which no extension does: a group's tests are in any classes.
 *
 * @since 0.1
 */
public final class FixtureListener implements TestExecutionListener {
    private final Map<TestPlan, GroupFixtures> runs = new ConcurrentHashMap<>();

    /** For the service loader. */
    public FixtureListener() {}

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        GroupFixtures groups = new GroupFixtures(plan);
        runs.put(plan, groups);
        groups.begin();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        GroupFixtures groups = runs.remove(plan);
        if (groups != null) {
            groups.end();
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        runs.values().forEach(groups -> groups.ended(test));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        runs.values().forEach(groups -> groups.ended(test));
    }
}
