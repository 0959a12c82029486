package org.concurrentharness.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.concurrentharness.order.TestGraph.Dependency;
import org.concurrentharness.order.TestGraph.Mode;
import org.concurrentharness.order.TestGraph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order into which tests are put. */
class TestGraphTests {
    private final List<Node> nodes = new ArrayList<>();

    private int add(String name, int parent, Mode mode, int... on) {
        List<Dependency> dependencies = new ArrayList<>();
        for (int each : on) {
            dependencies.add(new Dependency("t" + each, List.of(each), IfFailed.SKIP));
        }
        nodes.add(new Node(name, name, parent, false, mode, dependencies));
        return nodes.size() - 1;
    }

    private List<String> names(int parent) {
        TestGraph graph = TestGraph.of(nodes);
        return graph.children(parent).stream()
                .map(node -> nodes.get(node).name())
                .toList();
    }

    @Test
    void whatDependsOnNothingStaysWhereItIs() {
        int root = add("root", -1, Mode.IN_TURN);
        add("a", root, Mode.IN_TURN, 4);
        add("b", root, Mode.IN_TURN);
        add("c", root, Mode.IN_TURN);
        add("d", root, Mode.IN_TURN);

        assertThat(names(root)).containsExactly("b", "c", "d", "a");
    }

    @Test
    void classesThatRunInTurnComeAfterThoseThatTheirTestsNeed() {
        int root = add("root", -1, Mode.IN_TURN);
        int first = add("First", root, Mode.IN_TURN);
        add("First#a", first, Mode.IN_TURN, 5);
        add("First#b", first, Mode.IN_TURN);
        int second = add("Second", root, Mode.IN_TURN);
        add("Second#c", second, Mode.IN_TURN);

        assertThat(names(root)).containsExactly("Second", "First");
        assertThat(names(first)).containsExactly("First#a", "First#b");
    }

    @Test
    void testsOfClassesThatRunBesideEachOtherAreSortedTogether() {
        int root = add("root", -1, Mode.IN_TURN);
        int first = add("First", root, Mode.CONCURRENTLY);
        add("First#needsD", first, Mode.IN_TURN, 6);
        add("First#b", first, Mode.IN_TURN);
        int second = add("Second", root, Mode.CONCURRENTLY);
        add("Second#needsB", second, Mode.IN_TURN, 3);
        add("Second#d", second, Mode.IN_TURN);

        // Each in the order given would wait for the other for ever.
        assertThat(names(first)).containsExactly("First#b", "First#needsD");
        assertThat(names(second)).containsExactly("Second#needsB", "Second#d");
    }

    @Test
    void classesThatNeedEachOtherInTurnAreRefused() {
        int root = add("root", -1, Mode.IN_TURN);
        int first = add("First", root, Mode.IN_TURN);
        add("First#needsD", first, Mode.IN_TURN, 6);
        add("First#b", first, Mode.IN_TURN);
        int second = add("Second", root, Mode.IN_TURN);
        add("Second#needsB", second, Mode.IN_TURN, 3);
        add("Second#d", second, Mode.IN_TURN);

        assertThatThrownBy(() -> TestGraph.of(nodes))
                .isInstanceOf(OrderException.class)
                .hasMessage("First and Second run one after the other, but First#needsD depends on Second#d (t6), and"
                        + " Second#needsB depends on First#b (t3); run them in parallel, or move the tests so that one"
                        + " class can come first.");
    }

    @Test
    void everyCircleIsToldOnce() {
        int root = add("root", -1, Mode.IN_TURN);
        add("a", root, Mode.CONCURRENTLY, 2);
        add("b", root, Mode.CONCURRENTLY, 1);
        add("c", root, Mode.CONCURRENTLY, 4);
        add("d", root, Mode.CONCURRENTLY, 3);

        assertThatThrownBy(() -> TestGraph.of(nodes))
                .isInstanceOfSatisfying(
                        OrderException.class,
                        e -> assertThat(e.faults())
                                .extracting(OrderException.Fault::message)
                                .containsExactly(
                                        "Tests depend on each other in a circle: a depends on b (t2), b depends on a (t1).",
                                        "Tests depend on each other in a circle: c depends on d (t4), d depends on c (t3)."));
    }

    /** Runs random graphs one by one in the order given, and sees that nothing comes before what it depends on. */
    @ParameterizedTest
    @EnumSource(names = {"IN_TURN", "CONCURRENTLY"})
    void noTestComesBeforeWhatItDependsOn(Mode mode) {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            nodes.clear();
            add("root", -1, Mode.IN_TURN);
            List<Integer> tests = new ArrayList<>();
            int classes = 1 + random.nextInt(6);
            for (int type = 0; type < classes; type++) {
                int owner = add("C" + type, 0, mode);
                for (int test = random.nextInt(5); test >= 0; test--) {
                    int[] on = tests.isEmpty() || random.nextInt(3) > 0
                            ? new int[0]
                            : new int[] {tests.get(random.nextInt(tests.size()))};
                    tests.add(add("C" + type + "#" + test, owner, mode, on));
                }
            }
            List<Node> shuffled = shuffledClasses(random);
            TestGraph graph = TestGraph.of(shuffled);
            List<Integer> done = new ArrayList<>();
            runInTurn(graph, 0, done);
            for (int node = 0; node < shuffled.size(); node++) {
                for (Dependency dependency : shuffled.get(node).dependencies()) {
                    assertThat(done.indexOf(dependency.on().get(0))).isLessThan(done.indexOf(node));
                }
            }
        }
    }

    /** Returns the nodes with the classes in another order, in which they cannot run as they stand. */
    private List<Node> shuffledClasses(Random random) {
        List<Integer> classes = new ArrayList<>();
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.get(node).parent() == 0) {
                classes.add(node);
            }
        }
        Collections.shuffle(classes, random);
        List<Integer> order = new ArrayList<>(List.of(0));
        for (int type : classes) {
            order.add(type);
            for (int node = 0; node < nodes.size(); node++) {
                if (nodes.get(node).parent() == type) {
                    order.add(node);
                }
            }
        }
        return order.stream()
                .map(nodes::get)
                .map(node -> new Node(
                        node.id(),
                        node.name(),
                        order.indexOf(node.parent()),
                        node.container(),
                        node.mode(),
                        node.dependencies().stream()
                                .map(dependency -> new Dependency(
                                        dependency.label(),
                                        dependency.on().stream()
                                                .map(order::indexOf)
                                                .toList(),
                                        dependency.ifFailed()))
                                .toList()))
                .toList();
    }

    private static void runInTurn(TestGraph graph, int node, List<Integer> done) {
        graph.children(node).forEach(child -> runInTurn(graph, child, done));
        done.add(node);
    }
}
