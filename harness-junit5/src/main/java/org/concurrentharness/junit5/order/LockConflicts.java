package org.concurrentharness.junit5.order;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.concurrentharness.order.OrderException;
import org.concurrentharness.order.TestGraph;
import org.concurrentharness.order.TestGraph.Mode;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource.LockMode;
import org.junit.platform.engine.support.hierarchical.Node;

/**
 * Finds tests that would wait for each other: JUnit takes the locks of a test before it asks whether the test may run, so that one
 * that waits at its gate keeps its {@code @ResourceLock} from the one that it waits for.
 */
final class LockConflicts {
    /** What {@code @Isolated} needs. */
    static final ExclusiveResource ALONE = new ExclusiveResource(ExclusiveResource.GLOBAL_KEY, LockMode.READ_WRITE);

    private final List<TestGraph.Node> nodes;
    private final List<TestDescriptor> descriptors;
    private final boolean parallel;

    LockConflicts(List<TestGraph.Node> nodes, List<TestDescriptor> descriptors, boolean parallel) {
        this.nodes = nodes;
        this.descriptors = descriptors;
        this.parallel = parallel;
    }

    /** Returns what a descriptor and all that it holds need. */
    static Stream<ExclusiveResource> resources(TestDescriptor descriptor) {
        return Stream.concat(own(descriptor), descriptor.getChildren().stream().flatMap(LockConflicts::resources));
    }

    private static Stream<ExclusiveResource> own(TestDescriptor descriptor) {
        return descriptor instanceof Node<?> node ? node.getExclusiveResources().stream() : Stream.empty();
    }

    List<OrderException.Fault> find() {
        List<OrderException.Fault> faults = new ArrayList<>();
        if (!parallel) {
            return faults;
        }
        for (int node = 0; node < nodes.size(); node++) {
            for (TestGraph.Dependency dependency : nodes.get(node).dependencies()) {
                for (int on : dependency.on()) {
                    String key = conflict(node, on);
                    if (!key.isEmpty()) {
                        faults.add(
                                new OrderException.Fault(
                                        node,
                                        nodes.get(node).name() + " would wait for "
                                                + nodes.get(on).name()
                                                + " with the @ResourceLock(\"" + key
                                                + "\") that both need; run them in the same thread"
                                                + " (@Execution(SAME_THREAD) on their class or classes), or put the lock on what holds both."));
                    }
                }
            }
        }
        return faults;
    }

    /** Returns the resource that one keeps from the other, or nothing. */
    private String conflict(int node, int on) {
        List<Integer> above = way(node);
        List<Integer> others = way(on);
        above.removeAll(way(on));
        others.removeAll(way(node));
        int top = above.get(above.size() - 1);
        int otherTop = others.get(others.size() - 1);
        if (nodes.get(top).mode() == Mode.IN_TURN && nodes.get(otherTop).mode() == Mode.IN_TURN) {
            return ""; // one runs to its end before the other begins
        }
        List<ExclusiveResource> held =
                above.stream().flatMap(each -> own(descriptors.get(each))).toList();
        if (held.isEmpty()) {
            return "";
        }
        List<ExclusiveResource> needed = Stream.concat(
                        others.stream().flatMap(each -> own(descriptors.get(each))), resources(descriptors.get(on)))
                .toList();
        for (ExclusiveResource each : held) {
            for (ExclusiveResource other : needed) {
                boolean both = each.getLockMode() == LockMode.READ && other.getLockMode() == LockMode.READ;
                if (each.getKey().equals(other.getKey())
                        && !both
                        && !each.getKey().equals(ExclusiveResource.GLOBAL_KEY)) {
                    return each.getKey();
                }
            }
        }
        return "";
    }

    /** Returns a node and what holds it, from the inside out. */
    private List<Integer> way(int node) {
        List<Integer> way = new ArrayList<>();
        for (int each = node; each >= 0; each = nodes.get(each).parent()) {
            way.add(each);
        }
        return way;
    }
}
