package org.concurrentharness.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.concurrentharness.order.TestGraph.Dependency;
import org.concurrentharness.order.TestGraph.Mode;
import org.concurrentharness.order.TestGraph.Node;
import org.junit.jupiter.api.Test;

/** Who sees what others hand on. */
class HandoverTests {
    private final List<Node> nodes = new ArrayList<>();

    private int add(String name, int parent, int... on) {
        List<Dependency> dependencies = new ArrayList<>();
        for (int each : on) {
            dependencies.add(new Dependency(nodes.get(each).name(), List.of(each), IfFailed.SKIP));
        }
        nodes.add(new Node(name, name, parent, false, Mode.CONCURRENTLY, dependencies));
        return nodes.size() - 1;
    }

    @Test
    void valuesGoAlongDependenciesDirectlyOrNot() {
        int type = add("Type", -1);
        int first = add("Type#first", type);
        int second = add("second", -1, type);
        int third = add("third", -1, second);
        Handover handover = new Handover(TestGraph.of(nodes));

        handover.of(type, List.of()).put("port", 80);
        handover.of(first, List.of()).put("name", "one");

        assertThat(handover.of(first, List.of()).get("port", Integer.class)).isEqualTo(80);
        assertThat(handover.of(third, List.of()).get("port", Integer.class)).isEqualTo(80);
        assertThat(handover.of(third, List.of()).get("name", String.class)).isEqualTo("one");
    }

    @Test
    void theLastByDependenciesCounts() {
        int first = add("first", -1);
        int second = add("second", -1, first);
        int third = add("third", -1, first, second);
        Handover handover = new Handover(TestGraph.of(nodes));

        handover.of(second, List.of()).put("key", "new");
        handover.of(first, List.of()).put("key", "old");

        assertThat(handover.of(third, List.of()).get("key", String.class)).isEqualTo("new");
        assertThat(handover.of(first, List.of()).get("key", String.class)).isEqualTo("old");
    }

    @Test
    void nobodyElseSeesThem() {
        int writer = add("writer", -1);
        int other = add("other", -1);
        Handover handover = new Handover(TestGraph.of(nodes));
        handover.of(writer, List.of()).put("key", "value");

        assertThatThrownBy(() -> handover.of(other, List.of()).get("key", String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("other reads \"key\", which writer has put there, on which it does not depend; add"
                        + " @DependsOn(tests = \"writer\").");
    }

    @Test
    void whatIsMissingIsToldWithWhatIsThere() {
        int writer = add("writer", -1);
        int reader = add("reader", -1, writer);
        Handover handover = new Handover(TestGraph.of(nodes));
        handover.of(writer, List.of()).put("user", "value");

        assertThatThrownBy(() -> handover.of(reader, List.of("com.acme.OrdersTest#places"))
                        .get("usr", String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "reader reads \"usr\", which no test that it depends on has put there; there are \"user\"; not in"
                                + " this run: com.acme.OrdersTest#places.");
    }

    @Test
    void twoThatKnowNothingOfEachOtherAreRefused() {
        int first = add("first", -1);
        int second = add("second", -1);
        int reader = add("reader", -1, first, second);
        Handover handover = new Handover(TestGraph.of(nodes));
        handover.of(first, List.of()).put("key", 1);
        handover.of(second, List.of()).put("key", 2);

        assertThatThrownBy(() -> handover.of(reader, List.of()).get("key", Integer.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "reader reads \"key\", which first and second have put there, none of them after the others; use"
                                + " different keys.");
    }

    @Test
    void valuesHaveATypeAndAreThere() {
        int test = add("test", -1);
        TestContext context = new Handover(TestGraph.of(nodes)).of(test, List.of());
        context.put("key", "text");

        assertThatThrownBy(() -> context.get("key", Integer.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("test reads \"key\" as a java.lang.Integer, but test has put a java.lang.String there.");
    }
}
