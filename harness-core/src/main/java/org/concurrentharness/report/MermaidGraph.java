package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.concurrentharness.order.TestGraph.Dependency;

/**
 * The graph of dependencies for Mermaid: the tests, if it can draw so many; else the classes; else the outermost ones, and of those
 * as many as it can draw.
 */
final class MermaidGraph {
    /** A picture of more boxes cannot be read. */
    private static final int MOST_BOXES = 250;

    /** More tests cannot become few enough by drawing those without dependencies as one box. */
    private static final int MOST_TESTS = 2_000;

    /** More tests of a class that have nothing to do with any dependency are drawn as one box. */
    private static final int MOST_UNTOUCHED = 3;

    private static final String HEAD = """
            flowchart LR
              classDef passed fill:#dafbe1,stroke:#1a7f37,color:#0b3d17
              classDef failed fill:#ffd8d3,stroke:#b42318,color:#5c0f08,stroke-width:2px
              classDef aborted fill:#fff0c2,stroke:#9a6700,color:#4d3300
              classDef disabled fill:#eaeef2,stroke:#59636e,color:#24292f
              classDef notrun fill:#ffffff,stroke:#59636e,color:#24292f,stroke-dasharray:4 3
              classDef critical stroke-width:4px
            """;

    private final OrderAnalysis analysis;
    private final Set<OrderAnalysis.Link> critical;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> red = new ArrayList<>();
    private int edges;
    private int boxes;

    MermaidGraph(OrderAnalysis analysis) {
        this.analysis = analysis;
        this.critical = analysis.criticalLinks();
    }

    String text() {
        // What is too much anyway is not tried: a graph of thousands takes its time.
        boolean drawn = analysis.tests().size() <= MOST_TESTS && drawTests();
        if (!drawn && !drawBoxes(this::holder, false) && !drawBoxes(this::outermost, false)) {
            drawBoxes(this::outermost, true);
        }
        return out.toString();
    }

    private boolean fits() {
        return out.length() <= MermaidText.MOST_CHARACTERS && edges <= MermaidText.MOST_EDGES && boxes <= MOST_BOXES;
    }

    private void begin() {
        out.setLength(0);
        red.clear();
        edges = 0;
        boxes = 0;
        out.append("%% ").append(analysis.sentence()).append('\n').append(HEAD);
    }

    private boolean drawTests() {
        begin();
        int count = analysis.report().tests().size();
        List<List<Integer>> held = new ArrayList<>();
        List<Integer> roots = new ArrayList<>();
        boolean[] touched = new boolean[count];
        for (int i = 0; i < count; i++) {
            held.add(new ArrayList<>(0));
            int parent = analysis.row(i).node().parent();
            (parent < 0 ? roots : held.get(parent)).add(i);
            for (Dependency each : analysis.row(i).node().dependencies()) {
                touched[i] = true;
                each.on().forEach(on -> touched[on] = true);
            }
        }
        roots.forEach(root -> node(root, held, touched, "  "));
        edgesOfTests();
        styles();
        return fits();
    }

    private void node(int node, List<List<Integer>> held, boolean[] touched, String indent) {
        if (!fits()) {
            return; // it will not be used
        }
        if (analysis.isTest(node)) {
            box(indent, "n" + node, analysis.shortName(node), node);
            return;
        }
        if (parent(node) < 0 && held.get(node).stream().noneMatch(analysis::isTest) && !touched[node]) {
            held.get(node).forEach(child -> node(child, held, touched, indent)); // an engine
            return;
        }
        out.append(indent)
                .append("subgraph n" + node + "[\"")
                .append(MermaidText.escaped(analysis.shortName(node)))
                .append("\"]\n");
        List<Integer> untouched = held.get(node).stream()
                .filter(child -> analysis.isTest(child) && !touched[child])
                .toList();
        boolean fold = untouched.size() > MOST_UNTOUCHED;
        for (int child : held.get(node)) {
            if (!fold || touched[child] || !analysis.isTest(child)) {
                node(child, held, touched, indent + "  ");
            }
        }
        if (fold) {
            String id = "r" + node;
            out.append(indent)
                    .append("  ")
                    .append(id)
                    .append("[\"")
                    .append(untouched.size())
                    .append(" tests without dependencies<br/>")
                    .append(counts(untouched))
                    .append("\"]:::")
                    .append(worst(untouched))
                    .append('\n');
            boxes++;
        }
        out.append(indent).append("end\n");
    }

    private void box(String indent, String id, String name, int node) {
        String outcome = analysis.outcome(node);
        long duration = analysis.duration(node);
        out.append(indent)
                .append(id)
                .append("[\"")
                .append(MermaidText.escaped(name))
                .append(duration > 0 ? "<br/>" + Nanos.text(duration) : "")
                .append(outcome.equals("passed") ? "" : duration > 0 ? ", " + outcome : "<br/>" + outcome)
                .append("\"]:::")
                .append(style(outcome))
                .append('\n');
        boxes++;
        if (analysis.critical().contains(node)) {
            out.append(indent).append("class ").append(id).append(" critical\n");
        }
    }

    private void edgesOfTests() {
        Map<Dependency, List<Integer>> dependents = new LinkedHashMap<>();
        for (int i = 0; i < analysis.report().tests().size(); i++) {
            for (Dependency each : analysis.row(i).node().dependencies()) {
                dependents
                        .computeIfAbsent(each, dependency -> new ArrayList<>())
                        .add(i);
            }
        }
        dependents.forEach((dependency, nodes) -> {
            if (dependency.on().size() == 1) {
                int on = dependency.on().get(0);
                String label = dependency.label().equals(analysis.row(on).node().name()) ? "" : dependency.label();
                for (int node : nodes) {
                    edge(
                            "n" + on,
                            "n" + node,
                            label,
                            critical.contains(new OrderAnalysis.Link(on, dependency, node)),
                            analysis.stopped(on, node, dependency.ifFailed()));
                }
            } else if (!dependency.on().isEmpty()) {
                manyEdges(dependency, nodes);
            }
        });
    }

    /** What depends on several is drawn with a knot between them, so that n and m need n + m edges and not n times m. */
    private void manyEdges(Dependency dependency, List<Integer> nodes) {
        if (!fits()) {
            return;
        }
        String knot = "d" + analysis.dependencies().get(dependency);
        out.append("  ")
                .append(knot)
                .append("([\"")
                .append(MermaidText.escaped(dependency.label()))
                .append("\"])\n");
        boxes++;
        for (int on : dependency.on()) {
            boolean marked =
                    nodes.stream().anyMatch(node -> critical.contains(new OrderAnalysis.Link(on, dependency, node)));
            boolean stopped = nodes.stream().anyMatch(node -> analysis.stopped(on, node, dependency.ifFailed()));
            edge("n" + on, knot, "", marked, stopped);
        }
        for (int node : nodes) {
            boolean marked = dependency.on().stream()
                    .anyMatch(on -> critical.contains(new OrderAnalysis.Link(on, dependency, node)));
            boolean stopped =
                    dependency.on().stream().anyMatch(on -> analysis.stopped(on, node, dependency.ifFailed()));
            edge(knot, "n" + node, "", marked, stopped);
        }
    }

    private void edge(String from, String to, String label, boolean marked, boolean stopped) {
        if (!fits()) {
            edges++;
            return;
        }
        out.append("  ").append(from).append(marked ? " ==>" : " -->");
        if (!label.isEmpty()) {
            out.append("|\"").append(MermaidText.escaped(label)).append("\"|");
        }
        out.append(' ').append(to).append('\n');
        if (stopped) {
            red.add(edges);
        }
        edges++;
    }

    private void styles() {
        if (!red.isEmpty()) {
            StringJoiner numbers = new StringJoiner(",");
            red.forEach(number -> numbers.add(number.toString()));
            out.append("  linkStyle ")
                    .append(numbers)
                    .append(" stroke:#b42318,stroke-width:3px,stroke-dasharray:6 4\n");
        }
    }

    private interface Boxes {
        int of(int node);
    }

    private int holder(int node) {
        return analysis.isTest(node) && parent(node) >= 0 ? parent(node) : node;
    }

    /** Returns the outermost class; an engine is none. */
    private int outermost(int node) {
        int each = node;
        for (int parent = parent(each); parent >= 0; parent = parent(each)) {
            if (!analysis.isTest(each) && !name(each).startsWith(name(parent))) {
                break;
            }
            each = parent;
        }
        return each;
    }

    private int parent(int node) {
        return analysis.row(node).node().parent();
    }

    private String name(int node) {
        return analysis.row(node).node().name();
    }

    private record Ends(int from, int to) {}

    private boolean drawBoxes(Boxes which, boolean cut) {
        begin();
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        analysis.tests()
                .forEach(test -> members.computeIfAbsent(which.of(test), box -> new ArrayList<>())
                        .add(test));
        if (!cut && members.size() > MOST_BOXES) {
            return false;
        }
        Set<Ends> links = new LinkedHashSet<>();
        Set<Ends> stopped = new LinkedHashSet<>();
        Set<Ends> marked = new LinkedHashSet<>();
        Map<Ends, Set<String>> labels = new HashMap<>();
        for (int i = 0; i < analysis.report().tests().size(); i++) {
            for (Dependency dependency : analysis.row(i).node().dependencies()) {
                for (int on : dependency.on()) {
                    Ends ends = new Ends(which.of(on), which.of(i));
                    if (ends.from() == ends.to()) {
                        continue;
                    }
                    links.add(ends);
                    boolean ofGroup =
                            !dependency.label().equals(analysis.row(on).node().name());
                    labels.computeIfAbsent(ends, each -> new LinkedHashSet<>()).add(ofGroup ? dependency.label() : "");
                    if (analysis.stopped(on, i, dependency.ifFailed())) {
                        stopped.add(ends);
                    }
                    if (critical.contains(new OrderAnalysis.Link(on, dependency, i))) {
                        marked.add(ends);
                    }
                }
            }
        }
        Set<Integer> shown = new LinkedHashSet<>();
        links.forEach(ends -> shown.addAll(List.of(ends.from(), ends.to())));
        members.keySet().forEach(shown::add);
        int most = cut ? MOST_BOXES - 1 : Integer.MAX_VALUE;
        List<Integer> drawn = shown.stream().limit(most).toList();
        for (int box : drawn) {
            List<Integer> tests = members.getOrDefault(box, List.of());
            out.append("  n" + box + "[\"")
                    .append(MermaidText.escaped(analysis.shortName(box)))
                    .append(analysis.isTest(box) ? "" : "<br/>" + counts(tests))
                    .append("\"]:::")
                    .append(worst(tests))
                    .append('\n');
            boxes++;
        }
        if (drawn.size() < shown.size()) {
            out.append("  more[\"and ")
                    .append(shown.size() - drawn.size())
                    .append(" more, which the page shows\"]:::notrun\n");
            boxes++;
        }
        Set<Integer> there = new LinkedHashSet<>(drawn);
        List<Ends> possible = links.stream()
                .filter(ends -> there.contains(ends.from()) && there.contains(ends.to()))
                .limit(cut ? MermaidText.MOST_EDGES : Integer.MAX_VALUE)
                .toList();
        int room = 45;
        for (Ends ends : possible) {
            if (cut && out.length() + room > MermaidText.MOST_CHARACTERS - red.size() * 5) {
                break;
            }
            Set<String> names = labels.getOrDefault(ends, Set.of());
            String label = names.size() == 1 && !cut ? names.iterator().next() : "";
            edge("n" + ends.from(), "n" + ends.to(), label, marked.contains(ends), stopped.contains(ends));
        }
        styles();
        return fits();
    }

    private String counts(List<Integer> tests) {
        StringJoiner text = new StringJoiner(", ");
        for (String outcome : OrderAnalysis.OUTCOMES) {
            long count = tests.stream()
                    .filter(test -> analysis.outcome(test).equals(outcome))
                    .count();
            if (count > 0) {
                text.add(count + " " + outcome);
            }
        }
        return text.toString();
    }

    private String worst(List<Integer> tests) {
        for (String outcome : List.of("failed", "aborted", "not run", "disabled")) {
            if (tests.stream().anyMatch(test -> analysis.outcome(test).equals(outcome))) {
                return style(outcome);
            }
        }
        return "passed";
    }

    private static String style(String outcome) {
        return outcome.replace(" ", "");
    }
}
