package org.concurrentharness.junit5;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Reads the tests of JUnit Jupiter when all that a run has are known and none has run, and refuses the run when something is wrong
 * with them.
 *
 * <p>JUnit shows what an engine has discovered to filters only, and tells listeners only that discovery has ended. So this is both:
 * the filter, which excludes nothing, notes the engines, and the listener reads them. Both are called by the thread that discovers.
 *
 * @since 0.1
 */
public abstract class Discovery implements PostDiscoveryFilter, LauncherDiscoveryListener {
    /** By the class that reads them, since filter and listener are two instances of it. */
    private static final ThreadLocal<Map<Class<?>, Set<TestDescriptor>>> ROOTS = ThreadLocal.withInitial(HashMap::new);

    private final String subject;

    /** @param subject what is read, which names a fault that is of no method */
    protected Discovery(String subject) {
        this.subject = subject;
    }

    /**
     * Something wrong.
     *
     * @param className the test class
     * @param method the method that says it, or empty for the class
     * @param message one sentence
     */
    public record Fault(String className, String method, String message) {}

    /** Reads the tests below a root of JUnit Jupiter, and returns what is wrong with them. */
    protected abstract List<Fault> read(TestDescriptor root, ConfigurationParameters parameters);

    @Override
    public final FilterResult apply(TestDescriptor descriptor) {
        TestDescriptor root = descriptor;
        while (root.getParent().isPresent()) {
            root = root.getParent().get();
        }
        ROOTS.get().computeIfAbsent(getClass(), type -> new LinkedHashSet<>()).add(root);
        return FilterResult.included("what is read is not a reason to exclude a test");
    }

    @Override
    public final void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        takeRoots();
    }

    @Override
    public final void launcherDiscoveryFinished(LauncherDiscoveryRequest request) {
        Set<TestDescriptor> roots = takeRoots();
        for (TestDescriptor root : jupiters(roots)) {
            refuse(read(root, request.getConfigurationParameters()), root, roots);
        }
    }

    private Set<TestDescriptor> takeRoots() {
        Map<Class<?>, Set<TestDescriptor>> all = ROOTS.get();
        Set<TestDescriptor> roots = all.remove(getClass());
        if (all.isEmpty()) {
            ROOTS.remove();
        }
        return roots == null ? Set.of() : roots;
    }

    /**
     * Returns the roots of JUnit Jupiter, and those that suites have for it. Other engines do not know our annotations, and their
     * sources need not be methods that exist.
     */
    private static List<TestDescriptor> jupiters(Set<? extends TestDescriptor> among) {
        List<TestDescriptor> found = new ArrayList<>();
        for (TestDescriptor each : among) {
            if (isJupiter(each.getUniqueId())) {
                found.add(each);
            } else {
                found.addAll(jupiters(each.getChildren()));
            }
        }
        return found;
    }

    /** Returns whether an id is that of JUnit Jupiter's root, in a suite or not. */
    static boolean isJupiter(UniqueId id) {
        UniqueId.Segment last = id.getLastSegment();
        return last.getType().equals("engine") && last.getValue().equals("junit-jupiter");
    }

    /** Where something is wrong, no test runs, and each fault is a test that fails. */
    private void refuse(List<Fault> faults, TestDescriptor root, Set<TestDescriptor> roots) {
        Optional<TestDescriptor> misuse = roots.stream()
                .filter(each -> each.getUniqueId().getLastSegment().getValue().equals(MisuseEngine.ID))
                .findFirst();
        // Without that engine the tests fail when they run.
        if (!faults.isEmpty() && misuse.isPresent()) {
            List.copyOf(root.getChildren()).forEach(root::removeChild);
            for (Fault fault : faults) {
                MisuseEngine.add(
                        misuse.get(),
                        fault.className(),
                        fault.method().isEmpty() ? subject : fault.method(),
                        fault.message());
            }
        }
    }
}
