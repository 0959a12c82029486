package org.concurrentharness.junit5.order;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.Discovery;
import org.concurrentharness.junit5.TestGroup;
import org.concurrentharness.order.OrderException;
import org.concurrentharness.order.TestGraph;
import org.concurrentharness.order.TestGraph.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.hierarchical.Node;

/** Reads the graph of tests from what an engine has discovered. */
final class GraphReader {
    private final TestDescriptor root;
    private final boolean parallel;
    private final boolean strict;
    private final Duration patience;
    private final List<Element> elements = new ArrayList<>();
    private final Map<String, Group> groups = new TreeMap<>();

    /** The tests of each class by the names of their methods, and under the empty name the class. */
    private final Map<String, Map<String, List<Integer>>> tests = new HashMap<>();

    private final Map<Integer, List<String>> absent = new HashMap<>();
    private final List<Discovery.Fault> faults = new ArrayList<>();
    private @Nullable Map<String, Boolean> unselectedGroups;

    /**
     * A test or what holds tests.
     *
     * @param testClass the class, if it is of one
     * @param method the method, if it is of one
     */
    private record Element(
            TestDescriptor descriptor, int parent, Optional<Class<?>> testClass, Optional<Method> method) {
        Optional<AnnotatedElement> annotated() {
            return method.<AnnotatedElement>map(m -> m).or(() -> testClass);
        }

        String name() {
            return testClass
                    .map(type ->
                            type.getName() + method.map(m -> "#" + m.getName()).orElse(""))
                    .orElse(descriptor.getDisplayName());
        }
    }

    /** A group: what is in it, and the groups that are a part of it. */
    private static final class Group {
        final List<Integer> members = new ArrayList<>();
        final List<String> parts = new ArrayList<>();
    }

    /**
     * @param root the engine's root
     * @param parallel whether tests run in parallel at all
     * @param strict whether what depends on something that was not selected is a fault
     * @param patience how long nothing may happen in a run before it is looked whether something can
     */
    GraphReader(TestDescriptor root, boolean parallel, boolean strict, Duration patience) {
        this.patience = patience;
        this.root = root;
        this.parallel = parallel;
        this.strict = strict;
    }

    /** Returns what the tests say, or nothing if that is nothing. */
    Optional<OrderedTests> read() {
        add(root, -1);
        boolean concerned =
                elements.stream().flatMap(each -> each.testClass().stream()).anyMatch(Annotations::concern);
        if (!concerned) {
            return Optional.empty();
        }
        for (int i = 0; i < elements.size(); i++) {
            index(i);
        }
        List<TestGraph.Node> nodes = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            nodes.add(node(i));
        }
        TestGraph graph = faults.isEmpty() ? graph(nodes) : null;
        if (graph != null) {
            reorder(graph);
        }
        return Optional.of(new OrderedTests(
                root.getUniqueId().toString(),
                elements.stream()
                        .map(each -> each.descriptor().getUniqueId().toString())
                        .collect(toUnmodifiableSet()),
                graph,
                Map.copyOf(absent),
                List.copyOf(faults),
                patience,
                takesContextUnasked()));
    }

    private void add(TestDescriptor descriptor, int parent) {
        Optional<TestSource> source = descriptor.getSource();
        Optional<Class<?>> type = Optional.empty();
        Optional<Method> method = Optional.empty();
        if (source.orElse(null) instanceof MethodSource ofMethod) {
            type = Optional.of(ofMethod.getJavaClass());
            method = Optional.of(ofMethod.getJavaMethod());
        } else if (source.orElse(null) instanceof ClassSource ofClass) {
            type = Optional.of(ofClass.getJavaClass());
        }
        int index = elements.size();
        elements.add(new Element(descriptor, parent, type, method));
        descriptor.getChildren().forEach(child -> add(child, index));
    }

    private void index(int node) {
        Element element = elements.get(node);
        element.testClass()
                .ifPresent(type -> tests.computeIfAbsent(type.getName(), name -> new HashMap<>())
                        .computeIfAbsent(element.method().map(Method::getName).orElse(""), name -> new ArrayList<>())
                        .add(node));
        element.annotated().ifPresent(annotated -> {
            for (TestGroup group : Annotations.groups(annotated)) {
                groups.computeIfAbsent(group.value(), name -> new Group())
                        .members
                        .add(node);
                for (String holder : group.in()) {
                    groups.computeIfAbsent(holder, name -> new Group()).parts.add(group.value());
                }
            }
        });
    }

    private TestGraph.Node node(int index) {
        Element element = elements.get(index);
        List<TestGraph.Dependency> dependencies = new ArrayList<>();
        element.annotated().ifPresent(annotated -> {
            for (DependsOn asked : Annotations.dependencies(annotated)) {
                String place = "@DependsOn of " + element.name();
                if (asked.groups().length == 0 && asked.tests().length == 0) {
                    fault(index, place + " names nothing; name groups or tests.");
                }
                for (String group : asked.groups()) {
                    dependency(index, place, "group \"" + group + "\"", group(index, place, group), asked)
                            .ifPresent(dependencies::add);
                }
                for (String test : asked.tests()) {
                    Targets targets = new Targets(tests, element.testClass().orElseThrow(), place);
                    Targets.Found found = targets.find(test);
                    found.fault().ifPresent(message -> fault(index, message));
                    found.absent().ifPresent(missing -> absent(index, place, missing));
                    dependency(index, place, found.label(), found.nodes(), asked)
                            .ifPresent(dependencies::add);
                }
            }
        });
        return new TestGraph.Node(
                element.descriptor().getUniqueId().toString(),
                element.name(),
                element.parent(),
                element.descriptor().isContainer(),
                mode(element),
                dependencies);
    }

    private Optional<TestGraph.Dependency> dependency(
            int node, String place, String label, List<Integer> on, DependsOn asked) {
        for (int each : on) {
            if (isWithin(node, each) || isWithin(each, node)) {
                String holder = elements.get(each).name();
                fault(
                        node,
                        place + " makes it depend on itself: "
                                + (each == node
                                        ? "it is " + (label.startsWith("group") ? "in " + label : label)
                                        : isWithin(node, each)
                                                ? "it is in " + holder
                                                        + (label.equals(holder) ? "" : ", which is in " + label)
                                                : holder + " is in it")
                                + ".");
                return Optional.empty();
            }
        }
        return on.isEmpty() ? Optional.empty() : Optional.of(new TestGraph.Dependency(label, on, asked.ifFailed()));
    }

    private boolean isWithin(int node, int other) {
        int each = node;
        while (each > other) { // what holds it comes before it
            each = elements.get(each).parent();
        }
        return each == other;
    }

    private List<Integer> group(int node, String place, String name) {
        List<Integer> members = new ArrayList<>();
        collect(name, members, new ArrayList<>());
        if (members.isEmpty()) {
            Map<String, Boolean> others = unselectedGroups(node);
            if (!others.containsKey(name)) {
                List<String> names = new ArrayList<>(groups.keySet());
                names.addAll(others.keySet());
                fault(node, place + ": no test is in a group \"" + name + "\"" + Closest.hint(name, names));
            } else if (!others.getOrDefault(name, false)) {
                fault(
                        node,
                        place + ": the group \"" + name
                                + "\" has no tests; remove the dependency, or @TestGroup where there are none.");
            } else {
                absent(node, place, "group \"" + name + "\"");
            }
        }
        return members.stream().distinct().toList();
    }

    private void collect(String name, List<Integer> members, List<String> seen) {
        Group group = groups.get(name);
        if (group != null && !seen.contains(name)) {
            seen.add(name);
            members.addAll(group.members);
            group.parts.forEach(part -> collect(part, members, seen));
        }
    }

    private Map<String, Boolean> unselectedGroups(int node) {
        if (unselectedGroups == null) {
            unselectedGroups =
                    ClassPathGroups.beside(elements.get(node).testClass().orElseThrow());
        }
        return unselectedGroups;
    }

    private void absent(int node, String place, String what) {
        if (strict) {
            fault(
                    node,
                    place + ": " + what
                            + " is not among the tests selected for this run (harness.order.missing=fail).");
        }
        absent.computeIfAbsent(node, n -> new ArrayList<>()).add(what);
    }

    private void fault(int node, String message) {
        Element element = elements.get(node);
        faults.add(new Discovery.Fault(
                element.testClass().map(Class::getName).orElse(""),
                element.method().map(Method::getName).orElse(""),
                message));
    }

    private @Nullable TestGraph graph(List<TestGraph.Node> nodes) {
        new LockConflicts(nodes, elements.stream().map(Element::descriptor).toList(), parallel)
                .find()
                .forEach(each -> fault(each.node(), each.message()));
        if (!faults.isEmpty()) {
            return null;
        }
        try {
            return TestGraph.of(nodes);
        } catch (OrderException e) {
            e.faults().forEach(each -> fault(each.node(), each.message()));
            return null;
        }
    }

    private Mode mode(Element element) {
        if (!parallel || !(element.descriptor() instanceof Node<?> node)) {
            return Mode.IN_TURN;
        }
        if (element.parent() == 0
                && LockConflicts.resources(element.descriptor())
                        .anyMatch(resource -> resource.equals(LockConflicts.ALONE))) {
            return Mode.ALONE;
        }
        return node.getExecutionMode() == Node.ExecutionMode.SAME_THREAD ? Mode.IN_TURN : Mode.CONCURRENTLY;
    }

    private void reorder(TestGraph graph) {
        for (int i = 0; i < elements.size(); i++) {
            order(elements.get(i).descriptor(), graph.children(i));
        }
    }

    private void order(TestDescriptor parent, List<Integer> sorted) {
        List<TestDescriptor> children =
                sorted.stream().map(node -> elements.get(node).descriptor()).toList();
        if (!children.equals(List.copyOf(parent.getChildren()))) {
            parent.orderChildren(given -> new ArrayList<>(children));
        }
    }

    /** Returns whether a method takes a context, and neither it nor its class says anything that would register the extension. */
    private boolean takesContextUnasked() {
        return elements.stream()
                .filter(each -> each.method().filter(Annotations::takesContext).isPresent())
                .anyMatch(each -> !isExtended(each.method().orElseThrow())
                        && !isExtended(each.testClass().orElseThrow()));
    }

    private static boolean isExtended(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                .anyMatch(extended -> List.of(extended.value()).contains(OrderExtension.class));
    }
}
