package org.concurrentharness.junit5.order;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.junit5.MisuseEngine;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestPlan;

/**
 * Reads what the tests of a run say about order when all of them are known, and puts them into an order in which they can run.
 *
 * <p>JUnit shows what an engine has discovered to filters only, and tells listeners only that discovery has ended. So this is both:
 * the filter, which excludes nothing, notes the engines, and the listener reads them. Both are called by the thread that discovers.
 */
public final class OrderDiscovery implements PostDiscoveryFilter, LauncherDiscoveryListener {
    private static final String MISSING = "harness.order.missing";
    private static final String PATIENCE = "harness.order.patience";
    private static final ThreadLocal<Set<TestDescriptor>> ROOTS = ThreadLocal.withInitial(LinkedHashSet::new);

    /** What has been discovered and may still be run, the latest last. A root is kept by the test plan, and by nothing here. */
    private static final List<Discovered> DISCOVERED = new ArrayList<>();

    /** Two roots of one engine are equal to JUnit, so that a map would take them for one. */
    private record Discovered(WeakReference<TestDescriptor> root, OrderedTests tests) {}

    /** For the service loader. */
    public OrderDiscovery() {}

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        TestDescriptor root = descriptor;
        while (root.getParent().isPresent()) {
            root = root.getParent().get();
        }
        ROOTS.get().add(root);
        return FilterResult.included("order is not a reason to exclude a test");
    }

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        ROOTS.remove();
    }

    @Override
    public void launcherDiscoveryFinished(LauncherDiscoveryRequest request) {
        Set<TestDescriptor> roots = ROOTS.get();
        ROOTS.remove();
        ConfigurationParameters parameters = request.getConfigurationParameters();
        Duration patience = Settings.duration(PATIENCE, parameters.get(PATIENCE).orElse("10s"));
        boolean parallel = parameters
                .getBoolean("junit.jupiter.execution.parallel.enabled")
                .orElse(false);
        for (TestDescriptor root : jupiters(roots)) {
            new GraphReader(root, parallel, isStrict(parameters), patience)
                    .read()
                    .ifPresent(tests -> {
                        remember(root, tests);
                        refuse(tests, root, roots);
                    });
        }
    }

    /**
     * Returns the roots of JUnit Jupiter, and those that suites have for it. Nobody would wait at gates of other engines, and their
     * sources need not be methods that exist.
     */
    private static List<TestDescriptor> jupiters(Set<? extends TestDescriptor> among) {
        List<TestDescriptor> found = new ArrayList<>();
        for (TestDescriptor each : among) {
            UniqueId.Segment last = each.getUniqueId().getLastSegment();
            if (last.getType().equals("engine") && last.getValue().equals("junit-jupiter")) {
                found.add(each);
            } else {
                found.addAll(jupiters(each.getChildren()));
            }
        }
        return found;
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

    /** Where tests have no order, none of them runs, and each reason is a test that fails. */
    private static void refuse(OrderedTests tests, TestDescriptor root, Set<TestDescriptor> roots) {
        Optional<TestDescriptor> misuse = roots.stream()
                .filter(each -> each.getUniqueId().getLastSegment().getValue().equals(MisuseEngine.ID))
                .findFirst();
        // Without that engine the tests fail at their gates.
        if (!tests.faults().isEmpty() && misuse.isPresent()) {
            List.copyOf(root.getChildren()).forEach(root::removeChild);
            for (OrderedTests.Fault fault : tests.faults()) {
                MisuseEngine.add(misuse.get(), fault.className(), fault.method(), fault.message());
            }
        }
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
