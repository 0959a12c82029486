package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tells why no order explains a history. */
final class Explanation {
    private static final int MOST = 6;

    private final Scenario scenario;
    private final History history;
    private final SequentialOrders orders;
    private final Results results;
    private final List<Call> calls;
    private final int[] places;

    private Explanation(Scenario scenario, History history, SequentialOrders orders, Results results) {
        this.scenario = scenario;
        this.history = history;
        this.orders = orders;
        this.results = results;
        this.calls = scenario.calls();
        this.places = scenario.places();
    }

    /** Returns a line or a few. */
    static List<String> of(Scenario scenario, History history, SequentialOrders orders, Results results) {
        return new Explanation(scenario, history, orders, results).lines();
    }

    private List<String> lines() {
        Linearization whenever = Linearization.search(orders, history, scenario.programOrder());
        if (whenever.exists()) {
            return outOfTime(whenever.order());
        }
        List<String> lines = new ArrayList<>();
        lines.add(furthest(Linearization.of(orders, history).order()));
        List<Integer> telling = IntStream.range(0, calls.size())
                .filter(call -> !results.isNothing(history.result(call)) || !orders.alwaysNothing(call, results))
                .boxed()
                .toList();
        if (!history.hasBlocked()) {
            List<String> possible = orders.possible(telling, results, MOST);
            if (!telling.isEmpty() && !possible.isEmpty()) {
                lines.add("Possible, of " + names(telling) + ": " + String.join(" | ", possible));
                lines.add("Returned: "
                        + String.join(
                                ", ",
                                telling.stream()
                                        .map(call -> results.text(history.result(call)))
                                        .toList()));
            }
        }
        return lines;
    }

    /** The results fit together, but not with what had ended before what began. */
    private List<String> outOfTime(List<Integer> order) {
        long[] real = history.realTimeOrder();
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                if ((real[order.get(i)] >> order.get(j) & 1) != 0) {
                    return List.of("They fit only an order such as " + names(order) + ", but " + name(order.get(j))
                            + " had ended (" + history.ended(order.get(j)) + ") when " + name(order.get(i))
                            + " began (" + history.begun(order.get(i)) + ").");
                }
            }
        }
        throw new IllegalStateException("an order that keeps to the time explains the history");
    }

    private String furthest(List<Integer> order) {
        int state = orders.start();
        long done = 0;
        for (int call : order) {
            state = orders.next(state, call);
            done |= 1L << call;
        }
        List<String> instead = new ArrayList<>();
        long[] before = history.realTimeOrder();
        for (int call = 0; call < calls.size(); call++) {
            int expected = orders.result(state, call);
            if ((done >> call & 1) == 0
                    && history.begun(call) != History.NEVER
                    && (before[call] & ~done) == 0
                    && expected != history.result(call)
                    && expected != Results.NONE) {
                instead.add(name(call) + " " + instead(expected, history.result(call)));
            }
        }
        return (order.isEmpty() ? "From the beginning, " : "At best, after " + names(order) + ": ")
                + String.join("; ", instead) + ".";
    }

    private String instead(int expected, int found) {
        if (results.isThrown(expected) && results.isThrown(found)) {
            return results.text(expected) + ", not " + thrown(found);
        }
        if (isValue(expected) && isValue(found)) {
            return "returns " + results.text(expected) + ", not " + results.text(found);
        }
        return done(expected) + ", and does not " + notDone(found);
    }

    private boolean isValue(int result) {
        return result >= 0 && !results.isThrown(result) && !results.isNothing(result);
    }

    private String thrown(int result) {
        return results.text(result).replaceFirst("throws ", "");
    }

    private String done(int result) {
        return results.isNothing(result)
                ? "returns"
                : isValue(result) ? "returns " + results.text(result) : results.text(result);
    }

    private String notDone(int result) {
        if (result == Results.BLOCKED) {
            return "block";
        }
        return results.isThrown(result)
                ? "throw " + thrown(result)
                : results.isNothing(result) ? "return" : "return " + results.text(result);
    }

    private String names(List<Integer> some) {
        return String.join(", ", some.stream().map(this::name).toList());
    }

    private String name(int call) {
        return places[call] >= 0 && scenario.threads().size() > 1
                ? ScenarioText.threadName(places[call]) + " " + calls.get(call)
                : calls.get(call).toString();
    }
}
