package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.concurrentharness.report.Interleaving.Row;

/** Draws rows as text: a column for each thread while they fit side by side, else the thread's name in front of each row. */
final class InterleavingTable {
    private static final int WIDTH = 138;
    private static final int NARROWEST = 23;
    private static final int MOST_COLUMNS = 5;
    private static final int MOST_LINES_OF_A_ROW = 3;
    private static final int LONGEST_NAME = 24;

    private final Glyphs glyphs;
    private final List<Row> rows;
    private final List<String> names;
    private final int gutter;
    private final int longestName;

    /** True when no row is cut, however long. */
    private final boolean whole;

    /** The thread numbers, one for each column; none for the form without columns. */
    private final int[] threads;

    private final int[] widths;

    private InterleavingTable(List<Row> rows, List<String> names, Glyphs glyphs, boolean whole, boolean columns) {
        this.glyphs = glyphs;
        this.whole = whole;
        this.rows = rows;
        this.names = names.stream().map(name -> glyphs.clip(name, LONGEST_NAME)).toList();
        int lastNumber = rows.stream().mapToInt(Row::number).max().orElse(0);
        longestName = rows.stream()
                .filter(row -> row.thread() >= 0)
                .mapToInt(row -> this.names.get(row.thread()).length())
                .max()
                .orElse(0);
        gutter = Math.max(3, String.valueOf(lastNumber).length()) + 4;
        int[] all = rows.stream()
                .mapToInt(Row::thread)
                .filter(thread -> thread >= 0)
                .distinct()
                .sorted()
                .toArray();
        int[] fitted = columns && all.length <= MOST_COLUMNS ? fit(all) : new int[0];
        widths = fitted;
        threads = fitted.length == 0 ? new int[0] : all;
    }

    /** Returns a table that is easy to survey: a row has at most three lines. */
    static InterleavingTable compact(List<Row> rows, List<String> names, Glyphs glyphs) {
        return new InterleavingTable(rows, names, glyphs, false, true);
    }

    /** Returns a table that cuts nothing. */
    static InterleavingTable whole(List<Row> rows, List<String> names, Glyphs glyphs) {
        return new InterleavingTable(rows, names, glyphs, true, true);
    }

    /** Returns a list that cuts nothing, with the thread's name in front of each row. */
    static InterleavingTable list(List<Row> rows, List<String> names, Glyphs glyphs) {
        return new InterleavingTable(rows, names, glyphs, true, false);
    }

    /**
     * Returns the lines of the table, at most {@code limit} (and never fewer than 6): when there are more, the beginning and,
     * more of, the end.
     */
    List<String> lines(int limit) {
        List<List<String>> body = new ArrayList<>(rows.size());
        rows.forEach(row -> body.add(threads.length == 0 ? listed(row) : tabled(row)));
        List<String> lines = new ArrayList<>(threads.length == 0 ? List.of() : heading());
        int room = Math.max(6, limit) - lines.size();
        if (body.stream().mapToInt(List::size).sum() <= room) {
            body.forEach(lines::addAll);
            return lines;
        }
        int head = fitting(body, (room - 1) / 4);
        List<List<String>> reversed = new ArrayList<>(body.subList(head, body.size()));
        Collections.reverse(reversed);
        int used = body.subList(0, head).stream().mapToInt(List::size).sum();
        int tail = body.size() - fitting(reversed, room - 1 - used);
        body.subList(0, head).forEach(lines::addAll);
        int left = rows.subList(head, tail).stream().mapToInt(Row::steps).sum();
        lines.add(" ".repeat(gutter) + glyphs.ellipsis + " " + Plural.of(left, "step")
                + " left out (all of them: the report file)");
        body.subList(tail, body.size()).forEach(lines::addAll);
        return lines;
    }

    /** Returns how many of the rows' first ones fit into so many lines. */
    private static int fitting(List<List<String>> body, int room) {
        int count = 0;
        int used = 0;
        while (count < body.size() && used + body.get(count).size() <= room) {
            used += body.get(count++).size();
        }
        return count;
    }

    /** Returns the widths of the columns, none when they would be too narrow to read. */
    private int[] fit(int[] columns) {
        int[] natural = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            natural[i] = Math.max(8, names.get(columns[i]).length());
        }
        for (Row row : rows) {
            int column = Arrays.binarySearch(columns, row.thread());
            if (column >= 0) {
                natural[column] = Math.max(natural[column], oneLine(row).length());
            }
        }
        int room = WIDTH - gutter - 3 * (columns.length - 1);
        int cap = Arrays.stream(natural).max().orElse(0);
        while (cap >= NARROWEST && sum(natural, cap) > room) {
            cap--;
        }
        if (cap < NARROWEST && sum(natural, cap) > room) {
            return new int[0];
        }
        int[] capped = new int[natural.length];
        for (int i = 0; i < natural.length; i++) {
            capped[i] = Math.min(natural[i], cap);
        }
        return capped;
    }

    private static int sum(int[] natural, int cap) {
        return Arrays.stream(natural).map(width -> Math.min(width, cap)).sum();
    }

    private List<String> heading() {
        StringBuilder top = new StringBuilder(" ".repeat(gutter - 5) + "#" + " ".repeat(4));
        StringBuilder line = new StringBuilder(glyphs.dash.repeat(gutter));
        for (int i = 0; i < threads.length; i++) {
            top.append(i == 0 ? "" : " " + glyphs.bar + " ").append(padded(names.get(threads[i]), widths[i]));
            line.append(i == 0 ? "" : glyphs.dash + glyphs.crossing + glyphs.dash)
                    .append(glyphs.dash.repeat(widths[i]));
        }
        return List.of(top.toString().stripTrailing(), line.toString());
    }

    private List<String> tabled(Row row) {
        int column = Arrays.binarySearch(threads, row.thread());
        if (column < 0) {
            return List.of(" ".repeat(gutter) + row.text(glyphs));
        }
        List<String> lines = new ArrayList<>();
        for (String part : wrapped(row, widths[column])) {
            StringBuilder line = new StringBuilder(lines.isEmpty() ? numbered(row) : " ".repeat(gutter));
            for (int i = 0; i < threads.length; i++) {
                line.append(i == 0 ? "" : " " + glyphs.bar + " ").append(padded(i == column ? part : "", widths[i]));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private List<String> listed(Row row) {
        if (row.thread() < 0) {
            return List.of(" ".repeat(gutter) + row.text(glyphs));
        }
        String line = numbered(row) + padded(names.get(row.thread()), longestName) + "  " + oneLine(row);
        return List.of(whole ? line.stripTrailing() : glyphs.clip(line.stripTrailing(), WIDTH));
    }

    private String numbered(Row row) {
        String number = String.valueOf(row.number());
        return " ".repeat(gutter - 4 - number.length()) + number + (row.preempted() ? " >  " : "    ");
    }

    private String oneLine(Row row) {
        return row.where().isEmpty() ? row.text(glyphs) : row.where() + "  " + row.text(glyphs);
    }

    private List<String> wrapped(Row row, int width) {
        String line = oneLine(row);
        if (line.length() <= width) {
            return List.of(line);
        }
        List<String> lines = new ArrayList<>();
        if (!row.where().isEmpty()) {
            lines.add(tail(row.where(), width));
        }
        String rest = row.text(glyphs);
        while (!rest.isEmpty()) {
            String indent = lines.isEmpty() ? "" : "  ";
            int room = width - indent.length();
            if (!whole && lines.size() == MOST_LINES_OF_A_ROW - 1) {
                lines.add(indent + glyphs.clip(rest, room));
                break;
            }
            int end = rest.length() <= room ? rest.length() : breakBefore(rest, room);
            if (rest.substring(0, end).endsWith(" " + glyphs.arrow)) {
                end -= glyphs.arrow.length();
            }
            lines.add(indent + rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        return lines;
    }

    /** Returns where to break a line of {@code room} characters: at a blank in its second half, else behind a dot, else hard. */
    private static int breakBefore(String text, int room) {
        int blank = text.lastIndexOf(' ', room);
        if (blank > room / 2) {
            return blank;
        }
        int dot = text.lastIndexOf('.', room - 1);
        return dot > room / 2 ? dot : room;
    }

    /** Returns the end of a source line that is too long: its number matters more than how its file's name begins. */
    private String tail(String where, int width) {
        return where.length() <= width
                ? where
                : glyphs.ellipsis + where.substring(where.length() - width + glyphs.ellipsis.length());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
