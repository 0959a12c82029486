package org.concurrentharness.report;

/** Makes the HTML page about tests that depend on each other. */
final class OrderPage {
    /** Where scripts do not run, no more tests are told. */
    private static final int MOST_PLAIN = 500;

    private OrderPage() {}

    /**
     * Returns the page.
     *
     * @param json what {@link OrderJson} made, as text
     */
    static String of(OrderAnalysis analysis, String json) {
        StringBuilder plain = new StringBuilder(analysis.sentence()).append('\n');
        plain.append(analysis.criticalText()).append('\n');
        analysis.tests().stream()
                .filter(test -> !analysis.outcome(test).equals("passed"))
                .limit(MOST_PLAIN)
                .forEach(test -> plain.append(analysis.outcome(test))
                        .append(' ')
                        .append(analysis.row(test).node().name())
                        .append(' ')
                        .append(analysis.row(test).reason())
                        .append('\n'));
        return Page.of(
                "Order of tests",
                json,
                plain.toString(),
                "order.css",
                "order-model.js",
                "order-layout.js",
                "order-graph.js",
                "order-timeline.js",
                "order-table.js",
                "order.js");
    }
}
