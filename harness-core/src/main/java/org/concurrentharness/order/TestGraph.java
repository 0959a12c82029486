package org.concurrentharness.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The tests of a run, what holds what, and what depends on what, in an order in which they can run. Immutable.
 *
 * @since 0.1
 */
public final class TestGraph {
    private final List<Node> nodes;
    private final List<List<Integer>> children;
    private final Map<String, Integer> indexes = new HashMap<>();

    private TestGraph(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        List<List<Integer>> held = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            held.add(new ArrayList<>());
            indexes.put(nodes.get(i).id(), i);
            if (nodes.get(i).parent() >= 0) {
                held.get(nodes.get(i).parent()).add(i);
            }
        }
        new GraphOrder(this.nodes, held).sort();
        this.children = held.stream().map(Collections::unmodifiableList).toList();
    }

    /** How a node runs beside those with the same parent. */
    public enum Mode {
        /** One after the other. */
        IN_TURN,
        /** Beside each other, as far as there are threads. */
        CONCURRENTLY,
        /** One after the other, when all others have ended. */
        ALONE
    }

    /**
     * A test, or what holds tests.
     *
     * @param id what identifies it in the run
     * @param name what messages call it
     * @param parent what holds it; -1 for a root
     * @param container whether it is there to hold others
     * @param mode how it runs beside its siblings
     * @param dependencies what it depends on
     */
    public record Node(
            String id, String name, int parent, boolean container, Mode mode, List<Dependency> dependencies) {
        public Node {
            dependencies = List.copyOf(dependencies);
        }
    }

    /**
     * What a node depends on: it starts when all of these have finished.
     *
     * @param label what messages call it, such as {@code group "schema"}
     * @param on the nodes
     * @param ifFailed what happens if one of them has not passed
     */
    public record Dependency(String label, List<Integer> on, IfFailed ifFailed) {
        public Dependency {
            on = List.copyOf(on);
        }
    }

    /**
     * Returns the graph of these nodes, a parent before what it holds.
     *
     * @throws OrderException if they have no order in which they can run
     */
    public static TestGraph of(List<Node> nodes) {
        return new TestGraph(nodes);
    }

    /** Returns the nodes, as they were given. */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * Returns what a node holds, in an order in which they can run: the given one but for what depends on something that comes
     * later.
     */
    public List<Integer> children(int node) {
        return children.get(node);
    }

    /** Returns the node with an id. */
    public OptionalInt find(String id) {
        Integer index = indexes.get(id);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Returns whether a node is the other, or is held by it. */
    boolean isWithin(int node, int other) {
        int each = node;
        while (each > other) { // what holds it comes before it
            each = nodes.get(each).parent();
        }
        return each == other;
    }
}
