package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.List;

/** Tells a scenario as a table: what came before, the threads side by side, what came after. */
final class ScenarioText {
    private static final String GAP = "   ";

    private final Scenario scenario;
    private final History history;
    private final Results results;
    private final List<Call> calls;

    ScenarioText(Scenario scenario, History history, Results results) {
        this.scenario = scenario;
        this.history = history;
        this.results = results;
        this.calls = scenario.calls();
    }

    /** Returns the name of a thread of a scenario: a letter. */
    static String threadName(int thread) {
        return String.valueOf((char) ('A' + thread));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int call = 0;
        for (int i = 0; i < scenario.initial().size(); i++) {
            lines.add((i == 0 ? "before   " : "         ") + cell(call++, false));
        }
        lines.addAll(threads(call));
        call += scenario.concurrent();
        for (int i = 0; i < scenario.last().size(); i++) {
            lines.add((i == 0 ? "after    " : "         ") + cell(call++, false));
        }
        return lines;
    }

    private List<String> threads(int first) {
        List<List<String>> columns = new ArrayList<>();
        int call = first;
        int rows = 0;
        for (int thread = 0; thread < scenario.threads().size(); thread++) {
            List<String> column = new ArrayList<>();
            column.add(threadName(thread));
            for (int i = 0; i < scenario.threads().get(thread).size(); i++) {
                column.add(cell(call++, true));
            }
            columns.add(column);
            rows = Math.max(rows, column.size());
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder(row == 0 ? "threads  " : "         ");
            for (List<String> column : columns) {
                int width = column.stream().mapToInt(String::length).max().orElse(0);
                String cell = row < column.size() ? column.get(row) : "";
                line.append(cell).append(" ".repeat(width - cell.length())).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Returns a call with its result and, where it can overlap with others, the moments at which it began and ended. */
    private String cell(int call, boolean withTime) {
        int result = history.result(call);
        String text = results.isNothing(result)
                ? calls.get(call).toString()
                : calls.get(call) + ": " + (result == Results.BLOCKED ? "does not return" : results.text(result));
        if (!withTime || history.begun(call) == History.NEVER) {
            return text;
        }
        return text + "  [" + history.begun(call) + "-"
                + (history.ended(call) == History.NEVER ? "" : history.ended(call)) + "]";
    }
}
