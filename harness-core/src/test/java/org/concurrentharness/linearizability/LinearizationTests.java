package org.concurrentharness.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizationTests {
    private static final int HISTORIES = 10_000;

    /** A bounded queue: call {@code i} offers {@code i} when even, and polls when odd; a full one blocks. */
    private static final class QueueMachine implements SequentialStates {
        private final Map<List<Integer>, Integer> numbers = new HashMap<>();
        private final List<List<Integer>> states = new ArrayList<>();
        private final int capacity;

        QueueMachine(int capacity) {
            this.capacity = capacity;
        }

        private int number(List<Integer> state) {
            return numbers.computeIfAbsent(state, each -> {
                states.add(each);
                return states.size() - 1;
            });
        }

        @Override
        public int start() {
            return number(List.of());
        }

        @Override
        public int result(int state, int call) {
            List<Integer> queue = states.get(state);
            if (call % 2 == 0) {
                return queue.size() == capacity ? Results.BLOCKED : 100;
            }
            return queue.isEmpty() ? 99 : queue.get(0);
        }

        @Override
        public int next(int state, int call) {
            Deque<Integer> queue = new ArrayDeque<>(states.get(state));
            if (call % 2 == 0) {
                queue.add(call / 2 % 2);
            } else {
                queue.poll();
            }
            return number(List.copyOf(queue));
        }
    }

    @Test
    void agreesWithTryingAllOrders() {
        Random random = new Random(42);
        int explained = 0;
        int blocking = 0;
        for (int i = 0; i < HISTORIES; i++) {
            QueueMachine machine = new QueueMachine(1 + i % 2);
            History history = random(random, machine);
            boolean expected = inSomeOrder(machine, history);
            assertThat(Linearization.of(machine, history).exists())
                    .as("history %d: %s", i, text(history))
                    .isEqualTo(expected);
            explained += expected ? 1 : 0;
            blocking += expected && history.hasBlocked() ? 1 : 0;
        }
        assertThat(explained).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
        assertThat(blocking).isGreaterThan(100);
    }

    @Test
    void remembersWhatOrderItFound() {
        QueueMachine machine = new QueueMachine(2);
        // offer(0) and offer(1) at once, then two polls: the results tell which came first
        History history = new History(new int[] {100, 1, 100, 0}, new int[] {1, 5, 2, 7}, new int[] {3, 6, 4, 8});

        Linearization found = Linearization.of(machine, history);

        assertThat(found.exists()).isTrue();
        assertThat(found.order()).containsExactly(2, 0, 1, 3);
    }

    /** Runs the machine by threads that take turns at random, and now and then changes a result or a moment. */
    private static History random(Random random, SequentialStates machine) {
        int calls = 2 + random.nextInt(5);
        int threads = 1 + random.nextInt(3);
        int[] results = new int[calls];
        int[] begun = new int[calls];
        int[] ended = new int[calls];
        Arrays.fill(results, Results.NONE);
        int[] current = new int[threads];
        Arrays.fill(current, -1);
        boolean[] stuck = new boolean[threads];
        int next = 0;
        int moment = 0;
        int state = machine.start();
        boolean[] applied = new boolean[calls];
        for (int step = 0; step < 12 * calls; step++) {
            int thread = random.nextInt(threads);
            int call = current[thread];
            if (stuck[thread]) {
                continue;
            }
            if (call < 0) {
                if (next < calls) {
                    current[thread] = next;
                    begun[next++] = ++moment;
                }
            } else if (!applied[call]) {
                results[call] = machine.result(state, call);
                if (results[call] == Results.BLOCKED) {
                    stuck[thread] = random.nextBoolean();
                } else {
                    state = machine.next(state, call);
                    applied[call] = true;
                }
            } else {
                ended[call] = ++moment;
                current[thread] = -1;
            }
        }
        for (int call = 0; call < calls; call++) {
            if (begun[call] != History.NEVER && ended[call] == History.NEVER) {
                results[call] = Results.BLOCKED;
            }
        }
        if (random.nextInt(3) > 0) {
            int call = random.nextInt(calls);
            if (results[call] >= 0) {
                results[call] = call % 2 == 0 ? 100 : random.nextInt(3) == 2 ? 99 : random.nextInt(2);
            }
        }
        return new History(results, begun, ended);
    }

    /** Tries every order of what has returned, one after the other. */
    private static boolean inSomeOrder(SequentialStates machine, History history) {
        List<Integer> returned = new ArrayList<>();
        for (int call = 0; call < history.size(); call++) {
            if (history.result(call) >= 0) {
                returned.add(call);
            }
        }
        return permute(machine, history, returned, 0);
    }

    private static boolean permute(SequentialStates machine, History history, List<Integer> calls, int from) {
        if (from == calls.size()) {
            return fits(machine, history, calls);
        }
        for (int i = from; i < calls.size(); i++) {
            Collections.swap(calls, from, i);
            boolean found = permute(machine, history, calls, from + 1);
            Collections.swap(calls, from, i);
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(SequentialStates machine, History history, List<Integer> order) {
        int state = machine.start();
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                if (history.ended(order.get(j)) < history.begun(order.get(i))) {
                    return false;
                }
            }
            if (machine.result(state, order.get(i)) != history.result(order.get(i))) {
                return false;
            }
            state = machine.next(state, order.get(i));
        }
        for (int call = 0; call < history.size(); call++) {
            if (history.result(call) == Results.BLOCKED && machine.result(state, call) != Results.BLOCKED) {
                return false;
            }
        }
        return true;
    }

    private static String text(History history) {
        StringBuilder text = new StringBuilder();
        for (int call = 0; call < history.size(); call++) {
            text.append(call)
                    .append(": ")
                    .append(history.result(call))
                    .append(" [")
                    .append(history.begun(call))
                    .append('-')
                    .append(history.ended(call))
                    .append("] ");
        }
        return text.toString();
    }
}
