package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.concurrentharness.order.IfFailed;
import org.concurrentharness.order.OrderReport;
import org.concurrentharness.order.TestGraph.Dependency;

/**
 * What follows from what became of the tests: who was waited for, what was aborted because of whom, and which chain of dependencies
 * made the run as long as it was.
 */
final class OrderAnalysis {
    /** How tests end, the best first; what is none of these has not run. */
    static final List<String> OUTCOMES = List.of("passed", "failed", "aborted", "disabled", "not run");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final OrderReport report;
    private final boolean[] holds;

    /** Each dependency once: those of all tests of a class are the same. */
    private final Map<Dependency, Integer> dependencies = new LinkedHashMap<>();

    /** For each node the test in it that finished last; -1 if none did. */
    private final int[] last;

    private final List<Integer> tests;
    private final List<String> workers;
    private final String commonPackage;
    private final List<Integer> critical;

    OrderAnalysis(OrderReport report) {
        this.report = report;
        int count = report.tests().size();
        holds = new boolean[count];
        last = new int[count];
        Arrays.fill(last, -1);
        for (int i = count - 1; i >= 0; i--) { // what is held comes later
            OrderReport.Row row = report.tests().get(i);
            if (!holds[i] && row.finished() >= 0) {
                last[i] = i;
            }
            int parent = row.node().parent();
            if (parent >= 0) {
                holds[parent] = true;
                if (last[i] >= 0 && (last[parent] < 0 || finished(last[i]) > finished(last[parent]))) {
                    last[parent] = last[i];
                }
            }
        }
        for (OrderReport.Row row : report.tests()) {
            row.node().dependencies().forEach(each -> dependencies.putIfAbsent(each, dependencies.size()));
        }
        tests = IntStream.range(0, count).filter(i -> !holds[i]).boxed().toList();
        workers = report.tests().stream()
                .map(OrderReport.Row::worker)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(OrderAnalysis::sortKey))
                .toList();
        // what holds classes, such as an engine, has another kind of name
        commonPackage = commonPackage(
                tests.stream().map(test -> row(test).node().name()).toList());
        critical = findCritical();
    }

    /** Numbers in names sort as numbers. */
    private static String sortKey(String name) {
        return NUMBER.matcher(name).replaceAll(number -> String.format("%09d", Integer.parseInt(number.group())));
    }

    OrderReport report() {
        return report;
    }

    OrderReport.Row row(int node) {
        return report.tests().get(node);
    }

    /** Returns the nodes that hold nothing: the tests. */
    List<Integer> tests() {
        return tests;
    }

    boolean isTest(int node) {
        return !holds[node];
    }

    /** Returns the threads that tests ran in. */
    List<String> workers() {
        return workers;
    }

    /** Returns all dependencies, each once, with its number. */
    Map<Dependency, Integer> dependencies() {
        return Collections.unmodifiableMap(dependencies);
    }

    String outcome(int node) {
        String outcome = row(node).outcome();
        return OUTCOMES.contains(outcome) ? outcome : "not run";
    }

    /** Returns how many tests ended so. */
    int count(String outcome) {
        return (int)
                tests.stream().filter(test -> outcome(test).equals(outcome)).count();
    }

    /** Returns whether a node did not run since something that it depends on did not pass, and this is such a thing. */
    boolean stopped(int on, int node, IfFailed ifFailed) {
        return ifFailed == IfFailed.SKIP
                && !outcome(on).equals("passed")
                && List.of("aborted", "not run").contains(outcome(node));
    }

    /** Returns how long a test ran; 0 if it did not. */
    long duration(int test) {
        OrderReport.Row row = row(test);
        return row.started() >= 0 && row.finished() > row.started() ? row.finished() - row.started() : 0;
    }

    private boolean ran(int test) {
        return row(test).started() >= 0 && finished(test) >= 0 && !isStopped(test);
    }

    /** Returns whether a test was aborted before it could do anything: JUnit starts it all the same. */
    private boolean isStopped(int test) {
        if (!outcome(test).equals("aborted")) {
            return false;
        }
        for (int node : withHolders(test)) {
            for (Dependency dependency : row(node).node().dependencies()) {
                if (dependency.on().stream().anyMatch(on -> stopped(on, node, dependency.ifFailed()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private long finished(int node) {
        return row(node).finished();
    }

    /**
     * Returns the test that a node had to wait for: of all that it, or what holds it, depends on, the one that finished last before
     * it could start; -1 if there is none.
     */
    int waitedFor(int node) {
        long limit = row(node).started() >= 0 ? row(node).started() : Long.MAX_VALUE;
        int found = -1;
        for (int each = node; each >= 0; each = row(each).node().parent()) {
            for (Dependency dependency : row(each).node().dependencies()) {
                for (int on : dependency.on()) {
                    int candidate = last[on];
                    if (candidate >= 0
                            && finished(candidate) <= limit
                            && (found < 0 || finished(candidate) > finished(found))) {
                        found = candidate;
                    }
                }
            }
        }
        return found;
    }

    /** Returns the steps from one test of the critical path to the next: what depends on what. */
    Set<Link> criticalLinks() {
        Set<Link> links = new HashSet<>();
        for (int i = 1; i < critical.size(); i++) {
            List<Integer> from = withHolders(critical.get(i - 1));
            for (int node : withHolders(critical.get(i))) {
                for (Dependency dependency : row(node).node().dependencies()) {
                    from.stream()
                            .filter(dependency.on()::contains)
                            .forEach(on -> links.add(new Link(on, dependency, node)));
                }
            }
        }
        return links;
    }

    /** One node that depends on another. */
    record Link(int on, Dependency dependency, int node) {}

    private List<Integer> withHolders(int node) {
        List<Integer> nodes = new ArrayList<>();
        for (int each = node; each >= 0; each = row(each).node().parent()) {
            nodes.add(each);
        }
        return nodes;
    }

    /** Returns what to call a node inside the picture of what holds it: its name without what all names have in common. */
    String shortName(int node) {
        String name = row(node).node().name();
        int parent = row(node).node().parent();
        if (parent >= 0 && name.startsWith(row(parent).node().name() + "#")) {
            return name.substring(row(parent).node().name().length() + 1);
        }
        return name.startsWith(commonPackage) && name.length() > commonPackage.length()
                ? name.substring(commonPackage.length())
                : name;
    }

    private static String commonPackage(List<String> names) {
        String common = "";
        String first = names.isEmpty() ? "" : names.get(0);
        for (int end = 0; end < first.length() && first.charAt(end) != '#'; end++) {
            String prefix = first.substring(0, end + 1);
            if (!names.stream().allMatch(name -> name.startsWith(prefix))) {
                break;
            }
            if (first.charAt(end) == '.' || first.charAt(end) == '$') {
                common = prefix;
            }
        }
        return common;
    }

    private List<Integer> findCritical() {
        int count = report.tests().size();
        long[] work = new long[count];
        int[] best = new int[count]; // the test in a node that ends the longest chain
        int[] before = new int[count];
        Arrays.fill(best, -1);
        Arrays.fill(before, -1);
        Map<Dependency, Integer> bestOf = new HashMap<>();
        // Whatever a test depends on has finished before it, so that it is known when the test's turn comes.
        List<Integer> ran = tests.stream()
                .filter(this::ran)
                .sorted(Comparator.comparingLong(this::finished))
                .toList();
        int end = -1;
        for (int test : ran) {
            int previous = -1;
            for (int each = test; each >= 0; each = row(each).node().parent()) {
                for (Dependency dependency : row(each).node().dependencies()) {
                    int candidate = bestOf.computeIfAbsent(dependency, asked -> bestOf(asked.on(), best, work));
                    if (candidate >= 0 && (previous < 0 || work[candidate] > work[previous])) {
                        previous = candidate;
                    }
                }
            }
            before[test] = previous;
            work[test] = duration(test) + (previous < 0 ? 0 : work[previous]);
            for (int each = test; each >= 0; each = row(each).node().parent()) {
                best[each] = best[each] < 0 || work[test] > work[best[each]] ? test : best[each];
            }
            end = end < 0 || work[test] > work[end] ? test : end;
        }
        List<Integer> chain = new ArrayList<>();
        for (int each = end; each >= 0; each = before[each]) {
            chain.add(each);
        }
        Collections.reverse(chain);
        return List.copyOf(chain);
    }

    private static int bestOf(List<Integer> nodes, int[] best, long[] work) {
        int found = -1;
        for (int node : nodes) {
            if (best[node] >= 0 && (found < 0 || work[best[node]] > work[found])) {
                found = best[node];
            }
        }
        return found;
    }

    /**
     * Returns the critical path: the chain of tests, each depending on the one before it, that took the longest together. However
     * many threads there are, the run takes no less. The first one first; empty if no test ran.
     */
    List<Integer> critical() {
        return critical;
    }

    /** Returns how long a chain of tests ran. */
    long work(List<Integer> chain) {
        return chain.stream().mapToLong(this::duration).sum();
    }

    /** Returns how long a chain took from its beginning to its end. */
    long span(List<Integer> chain) {
        return chain.isEmpty()
                ? 0
                : finished(chain.get(chain.size() - 1))
                        - Math.max(0, row(chain.get(0)).started());
    }

    /** Returns the critical path in words, or an empty text if no test ran. */
    String criticalText() {
        if (critical.isEmpty()) {
            return "";
        }
        long work = work(critical);
        String share = Nanos.text(work) + " of the run's " + Nanos.text(report.nanos());
        StringBuilder text = new StringBuilder();
        if (critical.size() == 1) {
            text.append("No chain of tests took as long as the longest test: ")
                    .append(share)
                    .append('.');
        } else {
            text.append("The critical path: ")
                    .append(Plural.of(critical.size(), "test"))
                    .append(", each depending on the one before it, took ")
                    .append(share)
                    .append(", and ")
                    .append(Nanos.text(Math.max(0, span(critical) - work)))
                    .append(" passed between them. However many threads there are, the run takes no less.");
        }
        tests.stream()
                .filter(this::ran)
                .max(Comparator.comparingLong(this::finished))
                .filter(test -> !critical.contains(test))
                .ifPresent(test -> text.append(" The test that finished last, ")
                        .append(row(test).node().name())
                        .append(", is not on it."));
        return text.toString();
    }

    /** Returns what there is to tell, in a sentence. */
    String sentence() {
        StringBuilder text = new StringBuilder(Plural.of(tests.size(), "test"));
        for (String outcome : OUTCOMES.subList(1, OUTCOMES.size())) {
            int count = count(outcome);
            if (count > 0) {
                text.append(", ").append(count).append(' ').append(outcome);
            }
        }
        text.append(" in ").append(Nanos.text(report.nanos()));
        if (!critical.isEmpty()) {
            text.append("; critical path: ")
                    .append(Nanos.text(work(critical)))
                    .append(" in ")
                    .append(Plural.of(critical.size(), "test"));
        }
        return text.append('.').toString();
    }
}
