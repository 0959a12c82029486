package org.concurrentharness.order;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What the tests of a run hand on to each other, along their dependencies only. Thread-safe.
 *
 * @since 0.1
 */
public final class Handover {
    private final TestGraph graph;

    /** The values under each key, by the node that put them there. */
    private final Map<String, Map<Integer, Object>> values = new ConcurrentHashMap<>();

    /** What each node comes after. */
    private final Map<Integer, BitSet> earlier = new ConcurrentHashMap<>();

    /** @param graph the tests of the run */
    public Handover(TestGraph graph) {
        this.graph = graph;
    }

    /**
     * Returns what a node sees.
     *
     * @param node the node
     * @param absent what it depends on and is not in this run, for messages
     */
    public TestContext of(int node, List<String> absent) {
        return new View(node, List.copyOf(absent));
    }

    /**
     * Returns what a node sees that runs many times: what was put before it began, and nothing is put, since each run would put another
     * value. To read does the same in every run.
     *
     * @param node the node
     * @param absent what it depends on and is not in this run, for messages
     * @param kind what messages call the node: {@code @ConcurrentTest}
     */
    public TestContext readOnly(int node, List<String> absent, String kind) {
        return new Snapshot(new View(node, List.copyOf(absent)), kind);
    }

    private BitSet earlierThan(int node) {
        return earlier.computeIfAbsent(node, this::findEarlier);
    }

    /** Returns the nodes whose values a node may read. */
    private BitSet findEarlier(int node) {
        BitSet found = new BitSet();
        Deque<Integer> next = new ArrayDeque<>();
        addWithHolders(node, found, next);
        while (!next.isEmpty()) {
            int each = next.pop();
            for (TestGraph.Dependency dependency : graph.nodes().get(each).dependencies()) {
                for (int on : dependency.on()) {
                    addWithHolders(on, found, next);
                    addHeld(on, found, next);
                }
            }
        }
        return found;
    }

    private void addWithHolders(int node, BitSet found, Deque<Integer> next) {
        for (int each = node; each >= 0; each = graph.nodes().get(each).parent()) {
            add(each, found, next);
        }
    }

    private void addHeld(int node, BitSet found, Deque<Integer> next) {
        for (int child : graph.children(node)) {
            add(child, found, next);
            addHeld(child, found, next);
        }
    }

    private static void add(int node, BitSet found, Deque<Integer> next) {
        if (!found.get(node)) {
            found.set(node);
            next.push(node);
        }
    }

    private String name(int node) {
        return graph.nodes().get(node).name();
    }

    /** A value that somebody reads. */
    private record Read(String reader, String key, String writer, Object value) {
        <T> T as(Class<T> type) {
            if (!type.isInstance(value)) {
                throw new ClassCastException(reader + " reads \"" + key + "\" as a " + type.getName() + ", but "
                        + writer + " has put a " + value.getClass().getName() + " there"
                        + (value.getClass().getName().equals(type.getName())
                                ? " by another class loader, as campaigns have; hand on what the JDK has, such as strings and numbers."
                                : "."));
            }
            return type.cast(value);
        }
    }

    /** What a node sees, found out once. Immutable, and no lock is taken: it is read in the middle of campaigns. */
    private final class Snapshot implements TestContext {
        private final View view;
        private final String kind;
        private final Map<String, Read> found = new HashMap<>();
        private final Map<String, String> faults = new HashMap<>();

        Snapshot(View view, String kind) {
            this.view = view;
            this.kind = kind;
            for (String key : values.keySet()) {
                try {
                    found.put(key, view.read(key));
                } catch (IllegalStateException e) {
                    faults.put(key, String.valueOf(e.getMessage())); // for whoever asks for that key
                }
            }
        }

        @Override
        public void put(String key, Object value) {
            throw new IllegalStateException(
                    name(view.node) + " puts \"" + key + "\", but it is a " + kind
                            + ", which runs many times, and each time would put another value; put it in a test that runs once.");
        }

        @Override
        public <T> T get(String key, Class<T> type) {
            Read read = found.get(key);
            if (read == null) {
                String fault = faults.get(key);
                throw new IllegalStateException(fault == null ? view.missing(key, Map.of()) : fault);
            }
            return read.as(type);
        }
    }

    private final class View implements TestContext {
        private final int node;
        private final List<String> absent;

        View(int node, List<String> absent) {
            this.node = node;
            this.absent = absent;
        }

        @Override
        public void put(String key, Object value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, () -> "value of \"" + key + "\"");
            values.computeIfAbsent(key, k -> new ConcurrentHashMap<>()).put(node, value);
        }

        @Override
        public <T> T get(String key, Class<T> type) {
            return read(key).as(type);
        }

        Read read(String key) {
            Map<Integer, Object> written = new TreeMap<>(values.getOrDefault(key, Map.of()));
            BitSet readable = earlierThan(node);
            List<Integer> writers =
                    written.keySet().stream().filter(readable::get).toList();
            if (writers.isEmpty()) {
                throw new IllegalStateException(missing(key, written));
            }
            int last = last(key, writers);
            return new Read(name(node), key, name(last), Objects.requireNonNull(written.get(last)));
        }

        private int last(String key, List<Integer> writers) {
            if (writers.contains(node)) {
                return node;
            }
            return writers.stream()
                    .filter(writer -> writers.stream().allMatch(earlierThan(writer)::get))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(name(node) + " reads \"" + key + "\", which "
                            + String.join(
                                    " and ",
                                    writers.stream().map(Handover.this::name).toList())
                            + " have put there, none of them after the others; use different keys."));
        }

        private String missing(String key, Map<Integer, Object> written) {
            StringBuilder text = new StringBuilder(name(node) + " reads \"" + key + "\", ");
            if (!written.isEmpty()) {
                String writer = name(written.keySet().iterator().next());
                return text.append("which ")
                        .append(writer)
                        .append(" has put there, on which it does not depend; add @DependsOn(tests = \"")
                        .append(writer)
                        .append("\").")
                        .toString();
            }
            text.append("which no test that it depends on has put there");
            TreeSet<String> keys = new TreeSet<>();
            BitSet readable = earlierThan(node);
            values.forEach((other, by) -> {
                if (IntStream.of(by.keySet().stream().mapToInt(i -> i).toArray())
                        .anyMatch(readable::get)) {
                    keys.add('"' + other + '"');
                }
            });
            if (!keys.isEmpty()) {
                text.append("; there are ").append(String.join(", ", keys));
            }
            if (!absent.isEmpty()) {
                text.append("; not in this run: ").append(String.join(", ", absent));
            }
            return text.append('.').toString();
        }
    }
}
