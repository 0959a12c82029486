package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.concurrentharness.order.IfFailed;
import org.concurrentharness.order.OrderReport;
import org.concurrentharness.order.TestGraph;
import org.concurrentharness.order.TestGraph.Dependency;
import org.concurrentharness.order.TestGraph.Mode;

/** Runs of ordered tests that never were. */
final class OrderStories {
    private static final long MS = 1_000_000;

    private final List<OrderReport.Row> rows = new ArrayList<>();

    private OrderStories() {}

    /** A class of tests. */
    private int holder(String name, String outcome, long from, long to, Dependency... dependencies) {
        return add(-1, true, name, outcome, "", from < 0 ? "" : "worker-1", -1, from, to, dependencies);
    }

    private int test(
            int parent,
            String method,
            String outcome,
            String worker,
            long waited,
            long from,
            long to,
            Dependency... dependencies) {
        String name = parent < 0 ? method : rows.get(parent).node().name() + "#" + method;
        String reason = outcome.equals("failed") ? "java.lang.AssertionError: expected 3 but was 2" : "";
        return add(parent, false, name, outcome, reason, worker, waited, from, to, dependencies);
    }

    private int add(
            int parent,
            boolean container,
            String name,
            String outcome,
            String reason,
            String worker,
            long waited,
            long from,
            long to,
            Dependency... dependencies) {
        TestGraph.Node node = new TestGraph.Node(
                "[" + rows.size() + "]", name, parent, container, Mode.CONCURRENTLY, List.of(dependencies));
        rows.add(new OrderReport.Row(node, outcome, reason, worker, time(waited), time(from), time(to)));
        return rows.size() - 1;
    }

    private static long time(long millis) {
        return millis < 0 ? -1 : millis * MS;
    }

    private void because(int row, String reason) {
        OrderReport.Row old = rows.get(row);
        rows.set(
                row,
                new OrderReport.Row(
                        old.node(), old.outcome(), reason, old.worker(), old.waited(), old.started(), old.finished()));
    }

    private Dependency on(int test) {
        return new Dependency(rows.get(test).node().name(), List.of(test), IfFailed.SKIP);
    }

    private static Dependency group(String name, Integer... tests) {
        return new Dependency("group \"" + name + "\"", List.of(tests), IfFailed.SKIP);
    }

    private OrderReport report(long millis) {
        return new OrderReport(rows, millis * MS);
    }

    /** A shop, in which paying fails and takes down what comes after it, on four threads. */
    static OrderReport shop() {
        OrderStories story = new OrderStories();
        int schema = story.holder("com.acme.shop.SchemaTests", "passed", 2, 640);
        int tables = story.test(schema, "createsTables", "passed", "worker-1", -1, 4, 410);
        int indexes = story.test(schema, "createsIndexes", "passed", "worker-1", -1, 412, 630, story.on(tables));
        int cache = story.holder("com.acme.shop.CacheTests", "passed", 3, 330);
        int warms = story.test(cache, "warmsUp", "passed", "worker-2", -1, 4, 320);
        int evicts = story.test(cache, "evicts", "passed", "worker-3", -1, 5, 90);
        int customers =
                story.holder("com.acme.shop.CustomerTests", "passed", 640, 1180, group("schema", tables, indexes));
        int registers = story.test(customers, "registers", "passed", "worker-2", 340, 642, 900);
        story.test(customers, "renames", "passed", "worker-3", 905, 912, 1010, story.on(registers));
        story.test(customers, "isDeleted", "disabled", "", -1, -1, 641);
        int orders = story.holder("com.acme.shop.OrderTests", "failed", 902, 2330);
        int places = story.test(
                orders,
                "places",
                "passed",
                "worker-1",
                640,
                902,
                1500,
                group("schema", tables, indexes),
                story.on(registers),
                story.on(warms));
        int pays = story.test(orders, "pays", "failed", "worker-2", 1010, 1503, 1840, story.on(places));
        int cancels = story.test(orders, "cancels", "passed", "worker-4", 1100, 1504, 1600, story.on(places));
        int ships = story.test(orders, "ships", "aborted", "", 1600, -1, 1841, story.on(pays));
        story.because(ships, "because com.acme.shop.OrderTests#pays failed");
        int refunds = story.test(orders, "refunds", "aborted", "", 1601, -1, 1842, story.on(pays), story.on(cancels));
        story.because(refunds, "because com.acme.shop.OrderTests#pays failed");
        int reports = story.holder("com.acme.shop.ReportTests", "aborted", 1845, 2400);
        int sums = story.test(reports, "sumsUp", "aborted", "", -1, -1, 1846, story.on(ships));
        story.because(sums, "because com.acme.shop.OrderTests#ships was aborted (because ... failed)");
        story.test(
                reports,
                "listsCancelled",
                "passed",
                "worker-3",
                1012,
                1602,
                2390,
                story.on(cancels),
                new Dependency("com.acme.shop.CacheTests", List.of(cache), IfFailed.RUN));
        story.test(
                reports,
                "cleansUp",
                "passed",
                "worker-4",
                1605,
                1850,
                2010,
                new Dependency("group \"orders\"", List.of(places, pays, cancels, ships, refunds), IfFailed.RUN));
        int money = story.holder("com.acme.shop.MoneyTests", "passed", 5, 60);
        for (int i = 0; i < 9; i++) {
            story.test(money, "rounds" + i, "passed", "worker-4", -1, 6 + 5 * i, 10 + 5 * i);
        }
        story.test(evicts < 0 ? -1 : cache, "expires", "not run", "", -1, -1, -1);
        return story.report(2400);
    }

    /** Names that mean something to JSON, HTML, Mermaid or a script. */
    static OrderReport hostile(String name) {
        OrderStories story = new OrderStories();
        int holder = story.holder(name, "failed", 1, 20);
        int first = story.test(holder, name, "failed", name, -1, 1, 9);
        story.because(first, name);
        int second = story.test(
                holder, name + "2", "aborted", "", 5, -1, 10, new Dependency(name, List.of(first), IfFailed.SKIP));
        story.test(
                holder,
                "section",
                "passed",
                "worker",
                5,
                12,
                20,
                new Dependency(name, List.of(first, second), IfFailed.RUN));
        return story.report(20);
    }

    /**
     * Makes up classes of ten tests and as many dependencies as asked for, and what ten threads would have made of them.
     *
     * @param dependencies how many tests depend on another one
     */
    static OrderReport large(int tests, int dependencies) {
        Random random = new Random(7);
        OrderStories story = new OrderStories();
        long[] free = new long[10];
        TreeMap<Integer, Long> ends = new TreeMap<>();
        List<Integer> all = new ArrayList<>();
        int engine = story.holder("JUnit Jupiter", "passed", 0, 1);
        int holder = -1;
        for (int i = 0; i < tests; i++) {
            if (i % 10 == 0) {
                String type = "com.acme.large.Part" + i / 1000 + ".Some" + i / 10 + "Tests";
                holder = story.add(engine, true, type, "passed", "", "worker-1", -1, 0, 1);
            }
            boolean depends = i > 0 && (long) i * dependencies / tests != (long) (i - 1) * dependencies / tests;
            int on = depends ? all.get(Math.max(0, i - 1 - random.nextInt(Math.min(i, 200)))) : -1;
            int worker = i % free.length;
            long ready = depends ? ends.get(on) : 0;
            boolean stopped = depends && !story.rows.get(on).outcome().equals("passed");
            long from = Math.max(free[worker], ready) + 1;
            long to = from + 1 + random.nextInt(30);
            String name = "does" + i;
            Dependency[] dependency = depends ? new Dependency[] {story.on(on)} : new Dependency[0];
            if (stopped) {
                all.add(story.test(holder, name, "aborted", "", -1, -1, from, dependency));
                ends.put(all.get(i), from);
            } else {
                String outcome = random.nextInt(500) == 0 ? "failed" : "passed";
                long waited = ready > free[worker] ? free[worker] : -1;
                all.add(story.test(
                        holder, name, outcome, "pool-1-worker-" + (worker + 1), waited, from, to, dependency));
                ends.put(all.get(i), to);
                free[worker] = to;
            }
        }
        long end =
                Map.copyOf(ends).values().stream().mapToLong(each -> each).max().orElse(0);
        return story.report(end);
    }
}
