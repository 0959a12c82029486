package org.concurrentharness.order;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.concurrentharness.order.TestGraph.Mode;
import org.concurrentharness.order.TestGraph.Node;

/**
 * Puts the children of every node into an order in which they can run.
 *
 * <p>Each node has two events, its start and its end, and what must come before what is an edge: a parent's start before a child's,
 * a child's end before its parent's, and the end of what is depended on before the start of what depends on it. Siblings that run in
 * turn add more: the end of one before the start of the next. A cycle in these edges is an order that does not exist.
 */
final class GraphOrder {
    /** No more cycles are told at once. */
    private static final int MOST_FAULTS = 10;

    private static final String RUNS_AFTER = " runs after ";

    private final List<Node> nodes;
    private final List<List<Integer>> children;

    /** The edges from each event, and to it. The start of node n is event 2n, its end 2n + 1. */
    private final List<List<Integer>> after;

    private final List<List<Integer>> before;

    GraphOrder(List<Node> nodes, List<List<Integer>> children) {
        this.nodes = nodes;
        this.children = children;
        after = lists(2 * nodes.size());
        before = lists(2 * nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            edge(start(node), end(node));
            int parent = nodes.get(node).parent();
            if (parent >= 0) {
                edge(start(parent), start(node));
                edge(end(node), end(parent));
            }
            for (TestGraph.Dependency dependency : nodes.get(node).dependencies()) {
                for (int on : dependency.on()) {
                    edge(end(on), start(node));
                }
            }
            children.get(node).forEach(this::runAlone);
        }
    }

    /** What runs alone does so when all its siblings have ended. */
    private void runAlone(int node) {
        if (nodes.get(node).mode() == Mode.ALONE) {
            for (int sibling : children.get(nodes.get(node).parent())) {
                if (nodes.get(sibling).mode() != Mode.ALONE) {
                    edge(end(sibling), start(node));
                }
            }
        }
    }

    private static List<List<Integer>> lists(int count) {
        List<List<Integer>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>(2));
        }
        return lists;
    }

    private static int start(int node) {
        return 2 * node;
    }

    private static int end(int node) {
        return 2 * node + 1;
    }

    private void edge(int from, int to) {
        after.get(from).add(to);
        before.get(to).add(from);
    }

    private void removeEdge(int from, int to) {
        after.get(from).remove(Integer.valueOf(to));
        before.get(to).remove(Integer.valueOf(from));
    }

    /** Sorts all children. */
    void sort() {
        refuseCycles();
        BitSet involved = involved();
        List<OrderException.Fault> faults = new ArrayList<>();
        for (int parent = 0; parent < nodes.size(); parent++) {
            if (holdsContainers(parent)) {
                sortContainers(parent, involved, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new OrderException(faults);
        }
        sortByPosition(positions(order()));
    }

    /** Returns the nodes that depend on something, or on which something depends, and all that hold them. */
    private BitSet involved() {
        BitSet involved = new BitSet(nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            for (TestGraph.Dependency dependency : nodes.get(node).dependencies()) {
                mark(node, involved);
                dependency.on().forEach(on -> mark(on, involved));
            }
        }
        return involved;
    }

    private void mark(int node, BitSet involved) {
        for (int each = node;
                each >= 0 && !involved.get(each);
                each = nodes.get(each).parent()) {
            involved.set(each);
        }
    }

    private boolean holdsContainers(int parent) {
        return children.get(parent).stream()
                .anyMatch(child -> !children.get(child).isEmpty());
    }

    /**
     * Sorts siblings so that each can run to its end before the next begins, which they may have to. Where they need not and it
     * cannot be, they stay as they are.
     */
    private void sortContainers(int parent, BitSet involved, List<OrderException.Fault> faults) {
        List<Integer> siblings = children.get(parent);
        List<Integer> concerned = siblings.stream().filter(involved::get).toList();
        List<Integer> inTurn = siblings.stream()
                .filter(node -> nodes.get(node).mode() != Mode.CONCURRENTLY)
                .toList();
        if (sortInTurn(siblings, concerned)) {
            addTurns(siblings);
        } else if (sortInTurn(siblings, inTurn)) {
            addTurns(siblings.stream().filter(inTurn::contains).toList());
        } else {
            faults.add(noTurn(inTurn, needs(inTurn)));
        }
    }

    private boolean sortInTurn(List<Integer> siblings, List<Integer> concerned) {
        if (concerned.size() < 2) {
            return true;
        }
        BitSet[] needs = needs(concerned);
        int[] waitsFor = new int[needs.length];
        PriorityQueue<Integer> next = new PriorityQueue<>();
        for (int i = 0; i < needs.length; i++) {
            waitsFor[i] = needs[i].cardinality();
            if (waitsFor[i] == 0) {
                next.add(i);
            }
        }
        List<Integer> sorted = new ArrayList<>();
        while (!next.isEmpty()) {
            int done = next.remove();
            sorted.add(concerned.get(done));
            for (int i = 0; i < needs.length; i++) {
                if (needs[i].get(done) && --waitsFor[i] == 0) {
                    next.add(i);
                }
            }
        }
        if (sorted.size() < concerned.size()) {
            return false;
        }
        putBack(siblings, concerned, sorted);
        return true;
    }

    /** Puts those concerned where one of them stood, and leaves the others where they are. */
    private static void putBack(List<Integer> siblings, List<Integer> concerned, List<Integer> sorted) {
        if (concerned.equals(sorted)) {
            return;
        }
        BitSet places = new BitSet();
        for (int i = 0; i < siblings.size(); i++) {
            if (concerned.contains(siblings.get(i))) {
                places.set(i);
            }
        }
        int next = 0;
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            siblings.set(place, sorted.get(next++));
        }
    }

    private void addTurns(List<Integer> siblings) {
        for (int i = 1; i < siblings.size(); i++) {
            edge(end(siblings.get(i - 1)), start(siblings.get(i)));
        }
    }

    /** Returns for each sibling which of the others must have ended, or at least some of what they hold, before it can end. */
    private BitSet[] needs(List<Integer> siblings) {
        BitSet[] reached = new BitSet[2 * nodes.size()];
        int[] owner = owners(siblings);
        BitSet[] needs = new BitSet[siblings.size()];
        Arrays.setAll(needs, i -> new BitSet());
        for (int event : order()) {
            BitSet from = new BitSet();
            for (int earlier : before.get(event)) {
                from.or(reached[earlier]);
            }
            int own = owner[event / 2];
            if (own >= 0) {
                needs[own].or(from);
                from.set(own);
            }
            reached[event] = from;
        }
        for (int i = 0; i < needs.length; i++) {
            needs[i].clear(i);
        }
        return needs;
    }

    /** Returns for each node which of the siblings it is or is held by; -1 for others. */
    private int[] owners(List<Integer> siblings) {
        int[] owner = new int[nodes.size()];
        Arrays.fill(owner, -1);
        for (int i = 0; i < siblings.size(); i++) {
            owner[siblings.get(i)] = i;
        }
        for (int node = 0; node < owner.length; node++) {
            int parent = nodes.get(node).parent();
            if (parent >= 0 && owner[node] < 0) {
                owner[node] = owner[parent];
            }
        }
        return owner;
    }

    private OrderException.Fault noTurn(List<Integer> siblings, BitSet[] needs) {
        BitSet left = new BitSet();
        left.set(0, needs.length);
        for (int free = free(left, needs); free >= 0; free = free(left, needs)) {
            left.clear(free);
        }
        // Each that is left needs one that is left, so that going back comes round.
        List<Integer> way = new ArrayList<>();
        int each = left.nextSetBit(0);
        while (!way.contains(each)) {
            way.add(each);
            BitSet open = (BitSet) needs[each].clone();
            open.and(left);
            each = open.nextSetBit(0);
        }
        List<Integer> circle = way.subList(way.indexOf(each), way.size());
        int[] owner = owners(siblings);
        List<String> because = new ArrayList<>();
        for (int i = 0; i < circle.size(); i++) {
            because.add(reason(circle.get(i), circle.get((i + 1) % circle.size()), owner));
        }
        String who = circle.stream().map(i -> nodes.get(siblings.get(i)).name()).collect(joining(" and "));
        return new OrderException.Fault(
                siblings.get(circle.get(0)),
                who + " run one after the other, but " + String.join(", and ", because)
                        + "; run them in parallel, or move the tests so that one class can come first.");
    }

    private static int free(BitSet left, BitSet[] needs) {
        for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
            if (!needs[i].intersects(left)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns why one sibling needs another: the dependencies on the way back from it. */
    private String reason(int sibling, int needed, int[] owner) {
        int[] towards = new int[2 * nodes.size()];
        Arrays.fill(towards, -1);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int event = 0; event < towards.length; event++) {
            if (owner[event / 2] == sibling) {
                towards[event] = event;
                queue.add(event);
            }
        }
        while (!queue.isEmpty()) {
            int event = queue.remove();
            if (owner[event / 2] == needed) {
                return dependencies(event, towards);
            }
            for (int earlier : before.get(event)) {
                if (towards[earlier] < 0) {
                    towards[earlier] = event;
                    queue.add(earlier);
                }
            }
        }
        throw new IllegalStateException("No way from " + nodes.get(needed) + " to " + nodes.get(sibling));
    }

    private String dependencies(int from, int[] towards) {
        List<String> found = new ArrayList<>();
        for (int event = from; towards[event] != event; event = towards[event]) {
            int next = towards[event];
            if (event % 2 == 1 && next % 2 == 0) {
                found.add(0, dependency(next / 2, event / 2));
            }
        }
        return String.join(", ", found);
    }

    /** Returns a clause that says that a node depends on another, or runs after it. */
    private String dependency(int node, int on) {
        String name = nodes.get(node).name();
        String other = nodes.get(on).name();
        return nodes.get(node).dependencies().stream()
                .filter(dependency -> dependency.on().contains(on))
                .findFirst()
                .map(dependency -> name + " depends on " + other
                        + (dependency.label().equals(other) ? "" : " (" + dependency.label() + ")"))
                .orElse(name + RUNS_AFTER + other);
    }

    private void refuseCycles() {
        List<OrderException.Fault> faults = new ArrayList<>();
        BitSet left = left();
        while (!left.isEmpty() && faults.size() < MOST_FAULTS) {
            List<Integer> cycle = cycle(left);
            // The cycle is told from the dependent to what it needs, beginning with the test that was given first.
            TreeMap<Integer, Integer> places = new TreeMap<>();
            List<String> clauses = new ArrayList<>();
            for (int i = cycle.size() - 1; i >= 0; i--) {
                int from = cycle.get(i);
                int to = cycle.get((i + 1) % cycle.size());
                if (from % 2 == 1 && to % 2 == 0) { // from an end to a start: a dependency
                    places.put(to / 2, clauses.size());
                    clauses.add(dependency(to / 2, from / 2));
                    removeEdge(from, to);
                }
            }
            int first = places.firstKey();
            Collections.rotate(clauses, -places.firstEntry().getValue());
            faults.add(new OrderException.Fault(
                    first,
                    "Tests depend on each other in a circle: " + String.join(", ", clauses)
                            + (clauses.stream().anyMatch(clause -> clause.contains(RUNS_AFTER))
                                    ? "; @Isolated tests run when all others have ended."
                                    : ".")));
            left = left();
        }
        if (!faults.isEmpty()) {
            throw new OrderException(faults);
        }
    }

    /** Returns the events that have no place in an order: those in a cycle, and those after one. */
    private BitSet left() {
        BitSet left = new BitSet();
        left.set(0, 2 * nodes.size());
        for (int event : order()) {
            left.clear(event);
        }
        return left;
    }

    private List<Integer> cycle(BitSet left) {
        // Everything that is left has something before it that is left, so that going back comes round.
        List<Integer> way = new ArrayList<>();
        BitSet seen = new BitSet();
        int event = left.nextSetBit(0);
        while (!seen.get(event)) {
            seen.set(event);
            way.add(event);
            event = before.get(event).stream().filter(left::get).findFirst().orElseThrow();
        }
        List<Integer> cycle = new ArrayList<>(way.subList(way.indexOf(event), way.size()));
        Collections.reverse(cycle);
        return cycle;
    }

    /** Returns the events in an order: among those that may come, ends first, then starts as the nodes were given. */
    private List<Integer> order() {
        int[] waitsFor = new int[2 * nodes.size()];
        PriorityQueue<Integer> next =
                new PriorityQueue<>(Comparator.comparingInt((Integer event) -> event % 2 == 1 ? -1 : event / 2));
        for (int event = 0; event < waitsFor.length; event++) {
            waitsFor[event] = before.get(event).size();
            if (waitsFor[event] == 0) {
                next.add(event);
            }
        }
        List<Integer> order = new ArrayList<>(waitsFor.length);
        while (!next.isEmpty()) {
            int event = next.remove();
            order.add(event);
            for (int later : after.get(event)) {
                if (--waitsFor[later] == 0) {
                    next.add(later);
                }
            }
        }
        return order;
    }

    private static int[] positions(List<Integer> order) {
        int[] positions = new int[order.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[order.get(i)] = i;
        }
        return positions;
    }

    /**
     * Sorts the siblings that are not sorted yet by their place in one order of everything. Tests hold nothing, so that each of
     * them ends in that order before something else starts: what runs in turn can follow it.
     */
    private void sortByPosition(int[] positions) {
        for (int parent = 0; parent < nodes.size(); parent++) {
            boolean containers = holdsContainers(parent);
            children.get(parent).sort(Comparator.comparingInt(node -> positions[containers ? end(node) : start(node)]));
        }
    }
}
