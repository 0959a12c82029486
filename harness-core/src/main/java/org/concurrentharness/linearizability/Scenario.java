package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who calls what: some operations one after the other, then some threads together, then some operations one after the other
 * again. All calls are numbered in this order. Immutable.
 *
 * @param initial what is called before the threads start
 * @param threads what each thread calls, at least one thread, each with at least one call
 * @param last what is called when all threads have ended
 */
record Scenario(List<Call> initial, List<List<Call>> threads, List<Call> last) {
    /** The part of a call that is made before or after the threads. */
    static final int BEFORE = -1;

    static final int AFTER = -2;

    Scenario {
        initial = List.copyOf(initial);
        threads = threads.stream().map(List::copyOf).toList();
        last = List.copyOf(last);
    }

    /** Returns all calls in the order of their numbers. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>(initial);
        threads.forEach(calls::addAll);
        calls.addAll(last);
        return calls;
    }

    int size() {
        return initial.size() + concurrent() + last.size();
    }

    /** Returns how many calls the threads make together. */
    int concurrent() {
        return threads.stream().mapToInt(List::size).sum();
    }

    /** Returns for each call the number of its thread, {@link #BEFORE} or {@link #AFTER}. */
    int[] places() {
        int[] places = new int[size()];
        int call = 0;
        for (int i = 0; i < initial.size(); i++) {
            places[call++] = BEFORE;
        }
        for (int thread = 0; thread < threads.size(); thread++) {
            for (int i = 0; i < threads.get(thread).size(); i++) {
                places[call++] = thread;
            }
        }
        while (call < places.length) {
            places[call++] = AFTER;
        }
        return places;
    }

    /** Returns for each call the set of those that the scenario itself puts before it, as bits. */
    long[] programOrder() {
        int[] places = places();
        long[] before = new long[places.length];
        for (int call = 0; call < places.length; call++) {
            for (int other = 0; other < call; other++) {
                if (places[other] == places[call] || places[other] == BEFORE || places[call] == AFTER) {
                    before[call] |= 1L << other;
                }
            }
        }
        return before;
    }

    /** Returns the scenario without one of its calls, with the threads that are left. */
    Scenario without(int call) {
        List<List<Call>> parts = new ArrayList<>();
        parts.add(new ArrayList<>(initial));
        threads.forEach(each -> parts.add(new ArrayList<>(each)));
        parts.add(new ArrayList<>(last));
        int rest = call;
        for (List<Call> part : parts) {
            if (rest < part.size()) {
                part.remove(rest);
                break;
            }
            rest -= part.size();
        }
        List<List<Call>> left = parts.subList(1, parts.size() - 1).stream()
                .filter(each -> !each.isEmpty())
                .toList();
        return new Scenario(parts.get(0), left, parts.get(parts.size() - 1));
    }

    /** Returns the scenario without one of its threads. */
    Scenario withoutThread(int thread) {
        List<List<Call>> left = new ArrayList<>(threads);
        left.remove(thread);
        return new Scenario(initial, left, last);
    }

    /** Returns a text that is equal for scenarios that differ in the order of their threads only. */
    String key() {
        return initial + " "
                + threads.stream()
                        .map(List::toString)
                        .sorted(Comparator.naturalOrder())
                        .toList() + " " + last;
    }

    /** Returns in how many orders the calls can be made, one after the other; no more than a long can hold. */
    static long orders(List<Integer> sizes) {
        long orders = 1;
        long placed = 0;
        for (int size : sizes) {
            for (int i = 1; i <= size; i++) {
                placed++;
                if (orders > Long.MAX_VALUE / placed) {
                    return Long.MAX_VALUE;
                }
                orders = orders * placed / i; // a binomial coefficient at each step, so that nothing is left over
            }
        }
        return orders;
    }

    @Override
    public String toString() {
        return key();
    }
}
