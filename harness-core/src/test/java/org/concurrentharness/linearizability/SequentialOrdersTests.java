package org.concurrentharness.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.concurrentharness.linearizability.structures.Broken;
import org.junit.jupiter.api.Test;

class SequentialOrdersTests {
    private static final Operations.Method ANY =
            Operations.of(Broken.GetThenSet.class).methods().get(0);
    private static final Call CALL = Call.of(ANY, 0);

    /** Runs all orders once more; the result of a call is its place in the order, or what {@code result} makes of it. */
    private static List<List<Integer>> run(SequentialOrders orders, int modulus) {
        List<List<Integer>> run = new ArrayList<>();
        while (orders.begin()) {
            List<Integer> order = new ArrayList<>();
            for (int call = orders.call(); call >= 0; call = orders.call()) {
                order.add(call);
                orders.returned(order.size() % modulus);
            }
            run.add(order);
        }
        return run;
    }

    @Test
    void runsEveryOrderOnce() {
        Scenario scenario =
                new Scenario(List.of(CALL), List.of(List.of(CALL, CALL), List.of(CALL, CALL)), List.of(CALL));
        SequentialOrders orders = new SequentialOrders(scenario);

        List<List<Integer>> run = run(orders, 10);

        assertThat(run)
                .hasSize(6)
                .doesNotHaveDuplicates()
                .allSatisfy(order -> assertThat(order)
                        .hasSize(6)
                        .startsWith(0)
                        .endsWith(5)
                        .containsSubsequence(1, 2)
                        .containsSubsequence(3, 4));
        orders.again();
        assertThat(run(orders, 10)).hasSize(6);
        assertThat(orders.difference()).isEmpty();
    }

    @Test
    void statesThatNothingTellsApartAreOne() {
        Scenario scenario =
                new Scenario(List.of(), List.of(List.of(CALL, CALL, CALL), List.of(CALL, CALL, CALL)), List.of());
        SequentialOrders same = new SequentialOrders(scenario);
        run(same, 1);
        same.reduce();

        // one for each pair of what the threads have done
        assertThat(same.states()).isEqualTo(16);
    }

    @Test
    void whatIsNotTheSameTwiceIsSeen() {
        Scenario scenario = new Scenario(List.of(), List.of(List.of(CALL), List.of(CALL)), List.of());
        SequentialOrders orders = new SequentialOrders(scenario);
        run(orders, 10);
        orders.again();
        orders.begin();
        orders.call();
        orders.returned(7);

        assertThat(orders.difference()).containsExactly(0, 1, 7);
        assertThat(orders.begin()).isFalse();
    }

    @Test
    void anOrderEndsWhereItBlocks() {
        Scenario scenario = new Scenario(List.of(), List.of(List.of(CALL), List.of(CALL, CALL)), List.of());
        SequentialOrders orders = new SequentialOrders(scenario);
        List<List<Integer>> run = new ArrayList<>();
        while (orders.begin()) {
            List<Integer> order = new ArrayList<>();
            for (int call = orders.call(); call >= 0; call = orders.call()) {
                order.add(call);
                if (call == 0 && order.size() < 3) {
                    orders.blocked(); // until the other thread has made both calls
                    break;
                }
                orders.returned(1);
            }
            run.add(order);
        }
        orders.reduce();

        assertThat(run).containsExactly(List.of(0), List.of(1, 0), List.of(1, 2, 0));
        assertThat(orders.blocking()).isEqualTo(0b001);
        assertThat(orders.result(orders.start(), 0)).isEqualTo(Results.BLOCKED);
    }
}
