package org.concurrentharness.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the HTML page about tests that depend on each other. */
final class OrderPage {
    private OrderPage() {}

    /**
     * Returns the page.
     *
     * @param order the order as {@link OrderJson} has it
     * @param files the files that belong to it
     */
    static String of(OrderAnalysis analysis, Map<String, Object> order, Map<String, String> files) {
        Map<String, Object> data = new LinkedHashMap<>(order);
        data.put("sentence", analysis.sentence());
        data.put("files", files);
        StringBuilder plain = new StringBuilder(analysis.sentence()).append('\n');
        plain.append(analysis.criticalText()).append('\n');
        for (int test : analysis.tests()) {
            plain.append(analysis.outcome(test))
                    .append(' ')
                    .append(analysis.row(test).node().name())
                    .append(' ')
                    .append(analysis.row(test).reason())
                    .append('\n');
        }
        return Page.of(
                "Order of tests",
                Json.text(data),
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
