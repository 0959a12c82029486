package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes up scenarios: small ones first, all of a size when they are few, and else a sample that depends on the seed only. Of
 * scenarios that differ in the order of their threads only, one is kept.
 */
final class Scenarios {
    /** So many are tried at random for one that is new. */
    private static final int TRIES = 20;

    private final Operations operations;
    private final Size size;
    private final SplittableRandom random;
    private final Map<String, Scenario> found = new LinkedHashMap<>();
    private boolean all = true;

    /**
     * How large scenarios become.
     *
     * @param threads how many threads at most
     * @param operations how many calls each of them makes at most
     * @param initial how many calls are made before the threads at most
     * @param last how many calls are made after the threads at most
     */
    record Size(int threads, int operations, int initial, int last) {}

    /** How many calls there are in which part. */
    private record Layout(int initial, List<Integer> threads, int last) {
        int calls() {
            return initial + threads.stream().mapToInt(Integer::intValue).sum() + last;
        }
    }

    Scenarios(Operations operations, Size size, long seed) {
        this.operations = operations;
        this.size = size;
        this.random = new SplittableRandom(seed);
    }

    /** Returns at most {@code count} scenarios. */
    List<Scenario> make(int count) {
        List<List<Layout>> levels = levels();
        int weights = levels.size() * (levels.size() + 1) / 2;
        int left = count;
        for (int level = 0; level < levels.size(); level++) {
            int weight = level + 1;
            int quota = (int) ((left * (long) weight + weights - 1) / weights);
            left -= add(levels.get(level), Math.min(left, Math.max(1, quota)));
            weights -= weight;
        }
        List<Scenario> made = new ArrayList<>(found.values());
        made.sort(Comparator.comparingInt(Scenario::concurrent).thenComparingInt(Scenario::size));
        return made;
    }

    /** Returns whether the last {@link #make} has left out none. */
    boolean all() {
        return all;
    }

    /** Returns the layouts in which the longest thread makes one call, two, and so on. */
    private List<List<Layout>> levels() {
        List<List<Layout>> levels = new ArrayList<>();
        for (int longest = 1; longest <= size.operations(); longest++) {
            for (int threads = Math.min(2, size.threads()); threads <= size.threads(); threads++) {
                boolean full = longest == size.operations();
                int initial = full ? size.initial() : Math.min(longest, size.initial());
                int last = full ? size.last() : Math.min(longest, size.last());
                List<Layout> level = new ArrayList<>();
                for (List<Integer> lengths : lengths(threads, longest)) {
                    for (int i = 0; i <= initial; i++) {
                        for (int j = 0; j <= last; j++) {
                            level.add(new Layout(i, lengths, j));
                        }
                    }
                }
                level.sort(Comparator.comparingInt(Layout::calls));
                levels.add(level);
            }
        }
        return levels;
    }

    /** Returns the lengths of threads, longest first, the first as given. */
    private static List<List<Integer>> lengths(int threads, int longest) {
        if (threads == 1) {
            return List.of(List.of(longest));
        }
        List<List<Integer>> lengths = new ArrayList<>();
        for (int second = 1; second <= longest; second++) {
            for (List<Integer> rest : lengths(threads - 1, second)) {
                List<Integer> each = new ArrayList<>();
                each.add(longest);
                each.addAll(rest);
                lengths.add(each);
            }
        }
        return lengths;
    }

    private int add(List<Layout> level, int quota) {
        int before = found.size();
        if (mayBeAll(level, quota)) {
            Map<String, Scenario> everything = new LinkedHashMap<>();
            for (Layout layout : level) {
                addAll(layout, new ArrayList<>(), everything);
            }
            List<String> keys = new ArrayList<>(everything.keySet());
            if (keys.size() > quota) {
                all = false;
                shuffle(keys);
            }
            keys.stream().limit(quota).forEach(key -> found.put(key, everything.get(key)));
            return found.size() - before;
        }
        all = false;
        for (int i = 0; i < quota * TRIES && found.size() - before < quota; i++) {
            // every second one as large as can be: most bugs need a structure with something in it, and show in the end
            Scenario scenario =
                    sample(i % 2 == 0 ? level.get(level.size() - 1) : level.get(random.nextInt(level.size())));
            if (isPossible(scenario.calls())) {
                found.putIfAbsent(scenario.key(), scenario);
            }
        }
        return found.size() - before;
    }

    private void shuffle(List<String> keys) {
        for (int i = keys.size() - 1; i > 0; i--) {
            Collections.swap(keys, i, random.nextInt(i + 1));
        }
    }

    /** Returns whether there are so few that they can be listed: a few times the quota, since many of them are alike. */
    private boolean mayBeAll(List<Layout> level, int quota) {
        double calls = 0;
        for (Operations.Method method : operations.methods()) {
            calls += method.calls();
        }
        double count = 0;
        for (Layout layout : level) {
            count += Math.pow(calls, layout.calls());
        }
        return count <= 1_000 + 10.0 * quota;
    }

    private void addAll(Layout layout, List<Call> calls, Map<String, Scenario> target) {
        if (calls.size() == layout.calls()) {
            Scenario scenario = scenario(layout, calls);
            target.putIfAbsent(scenario.key(), scenario);
            return;
        }
        for (Operations.Method method : operations.methods()) {
            for (long number = 0; number < method.calls(); number++) {
                calls.add(Call.of(method, number));
                if (isPossible(calls)) {
                    addAll(layout, calls, target);
                }
                calls.remove(calls.size() - 1);
            }
        }
    }

    private Scenario sample(Layout layout) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < layout.calls(); i++) {
            // methods are equally likely, however many arguments they can have
            Operations.Method method =
                    operations.methods().get(random.nextInt(operations.methods().size()));
            calls.add(Call.of(method, random.nextLong(method.calls())));
        }
        return scenario(layout, calls);
    }

    private static Scenario scenario(Layout layout, List<Call> calls) {
        int next = layout.initial();
        List<List<Call>> threads = new ArrayList<>();
        for (int length : layout.threads()) {
            threads.add(calls.subList(next, next + length));
            next += length;
        }
        return new Scenario(calls.subList(0, layout.initial()), threads, calls.subList(next, calls.size()));
    }

    private static boolean isPossible(List<Call> calls) {
        Set<Operations.Method> once = new HashSet<>();
        for (Call call : calls) {
            if (call.operation().once() && !once.add(call.operation())) {
                return false;
            }
        }
        return true;
    }
}
