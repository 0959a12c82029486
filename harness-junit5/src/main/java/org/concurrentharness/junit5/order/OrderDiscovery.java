package org.concurrentharness.junit5.order;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.junit5.Discovery;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.TestPlan;

/** Reads what the tests of a run say about order, and puts them into an order in which they can run. */
public final class OrderDiscovery extends Discovery {
    private static final String MISSING = "harness.order.missing";
    private static final String PATIENCE = "harness.order.patience";

    /** What has been discovered and may still be run, the latest last. A root is kept by the test plan, and by nothing here. */
    private static final List<Discovered> DISCOVERED = new ArrayList<>();

    /** Two roots of one engine are equal to JUnit, so that a map would take them for one. */
    private record Discovered(WeakReference<TestDescriptor> root, OrderedTests tests) {}

    /** For the service loader. */
    public OrderDiscovery() {
        super("order");
    }

    @Override
    protected List<Fault> read(TestDescriptor root, ConfigurationParameters parameters) {
        Duration patience = Settings.duration(PATIENCE, parameters.get(PATIENCE).orElse("10s"));
        boolean parallel = parameters
                .getBoolean("junit.jupiter.execution.parallel.enabled")
                .orElse(false);
        return new GraphReader(root, parallel, isStrict(parameters), patience)
                .read()
                .map(tests -> {
                    remember(root, tests);
                    return tests.faults();
                })
                .orElse(List.of());
    }

    private static boolean isStrict(ConfigurationParameters parameters) {
        String asked = parameters.get(MISSING).orElse("note").trim().toLowerCase(Locale.ROOT);
        return switch (asked) {
            case "note" -> false;
            case "fail" -> true;
            default ->
                throw new IllegalArgumentException(MISSING + " must be note or fail, but was \"" + asked + "\".");
        };
    }

    /** Returns what was discovered for a test plan. */
    static List<OrderedTests> of(TestPlan plan) {
        List<OrderedTests> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        synchronized (DISCOVERED) {
            for (int i = DISCOVERED.size() - 1; i >= 0; i--) {
                OrderedTests tests = DISCOVERED.get(i).tests();
                if (isOf(tests, plan) && seen.add(tests.rootId())) {
                    found.add(tests);
                }
            }
        }
        return found;
    }

    private static void remember(TestDescriptor root, OrderedTests tests) {
        synchronized (DISCOVERED) {
            DISCOVERED.removeIf(each -> each.root().get() == null);
            DISCOVERED.add(new Discovered(new WeakReference<>(root), tests));
        }
    }

    /** Whether these are the tests of a plan; those that were discovered for an equal request are as good. */
    private static boolean isOf(OrderedTests tests, TestPlan plan) {
        Set<String> ids = tests.ids();
        return plan.countTestIdentifiers(
                        test -> test.getUniqueId().startsWith(tests.rootId()) && ids.contains(test.getUniqueId()))
                == ids.size();
    }
}
