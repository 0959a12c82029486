package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.concurrentharness.explore.Simulation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The strategies draw as their papers say; on simulated threads, with fixed seeds. */
class SamplerTests {
    private static final int EXECUTIONS = 20_000;

    /** A strategy, to be made with a seed. */
    record Sampling(String name, LongFunction<Strategy> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sampling> strategies() {
        return Stream.of(
                new Sampling("random", RandomWalk::new),
                new Sampling("pct", Pct::new),
                new Sampling("pos", seed -> new Pos(seed, false)),
                new Sampling("surw", Surw::new),
                new Sampling("place order", seed -> new PlaceOrder(seed, new Places(), false)),
                new Sampling("mix", seed -> Mix.of(seed, false)));
    }

    // ---- random walk ------------------------------------------------------------------------------------------------

    @Test
    void randomWalkTakesEveryCandidateAlikeAtEachStep() {
        Simulation threads =
                new Simulation(Simulation.writes(4, 1, 1), Simulation.writes(4, 1, 11), Simulation.writes(4, 1, 21));
        int[][] chosen = new int[4][3];
        Strategy strategy = new RandomWalk(42);
        for (int i = 1; i <= EXECUTIONS; i++) {
            threads.run(strategy, i);
            for (int step = 0; step < 4; step++) {
                chosen[step][threads.order[step]]++; // within the first four nobody has ended
            }
        }
        for (int[] step : chosen) {
            assertThat(chiSquare(step)).isLessThan(critical(2));
        }
    }

    // ---- SURW -------------------------------------------------------------------------------------------------------

    @Test
    void surwDrawsEveryInterleavingAlike() {
        assertThat(surwOrders(3, 3))
                .hasSize(20)
                .satisfies(counts -> assertThat(chiSquare(counts)).isLessThan(critical(19)));
        assertThat(surwOrders(6, 1))
                .hasSize(7)
                .satisfies(counts -> assertThat(chiSquare(counts)).isLessThan(critical(6)));
    }

    @Test
    void aRandomWalkWouldNot() {
        Simulation threads = new Simulation(Simulation.writes(6, 1, 1), Simulation.writes(1, 1, 11));
        assertThat(chiSquare(orders(new RandomWalk(7), threads))).isGreaterThan(10 * critical(6));
    }

    private static int[] surwOrders(int first, int second) {
        Simulation threads = new Simulation(Simulation.writes(first, 1, 1), Simulation.writes(second, 1, 11));
        Strategy strategy = new Surw(42);
        for (int i = 1; i <= 100; i++) {
            threads.run(strategy, i); // learns how many operations there are
        }
        return orders(strategy, threads);
    }

    private static int[] orders(Strategy strategy, Simulation threads) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 101; i <= 100 + EXECUTIONS; i++) {
            threads.run(strategy, i);
            counts.merge(Arrays.toString(threads.order), 1, Integer::sum);
        }
        return counts.values().stream().mapToInt(Integer::intValue).toArray();
    }

    // ---- PCT --------------------------------------------------------------------------------------------------------

    @Test
    void pctKeepsItsGuaranteeForABugOfDepthTwo() {
        // a thread is to be stopped in the middle of its operations for all of another one
        int operations = 10;
        Simulation threads = new Simulation(Simulation.writes(operations, 1, 1), Simulation.writes(operations, 1, 101));
        double share = share(new Pct(42, 2, 2), threads, run -> {
            int begins = run.when(1, 0);
            return begins == 5 && run.when(1, operations - 1) == begins + operations - 1;
        });
        // 1 / (n k^(d-1)) for n = 2 threads and at most k = 20 choices
        assertThat(share).isGreaterThan(1.0 / (2 * 20));
        assertThat(share(
                        new RandomWalk(42),
                        threads,
                        run -> run.when(1, 0) == 5 && run.when(1, operations - 1) == 4 + operations))
                .isLessThan(share / 20);
    }

    @Test
    void pctOfDepthOneNeverLeavesAThreadThatCanGoOn() {
        Simulation threads = new Simulation(Simulation.writes(5, 1, 1), Simulation.writes(5, 1, 11));
        double share = share(new Pct(42, 1, 1), threads, run -> run.when(0, 4) == 4 || run.when(1, 4) == 4);
        assertThat(share).isEqualTo(1);
    }

    // ---- POS --------------------------------------------------------------------------------------------------------

    @Test
    void posPutsOneOperationBehindManyIndependentOnesAsOftenAsPrioritiesSay() {
        // the last of 9 operations conflicts with the one of the other thread, which has to be the lowest of 10
        Operation[] many = new Operation[9];
        for (int i = 0; i < 8; i++) {
            many[i] = new Operation(i + 2, true, i + 2);
        }
        many[8] = new Operation(1, true, 1);
        Simulation threads = new Simulation(many, new Operation[] {new Operation(1, true, 20)});
        double share = share(new Pos(42, false), threads, run -> run.when(1, 0) == 9);
        assertThat(share).isBetween(0.1 - deviations(0.1), 0.1 + deviations(0.1));
        assertThat(share(new RandomWalk(42), threads, run -> run.when(1, 0) == 9))
                .isLessThan(0.01);
    }

    @Test
    void posDrawsAnewWhatConflicts() {
        // with priorities that stay, b would be before all of a's with probability 1/4; drawn anew, orders of conflicts
        // vary more
        Simulation threads = new Simulation(Simulation.writes(3, 1, 1), Simulation.writes(1, 1, 11));
        double last = share(new Pos(42, false), threads, run -> run.when(1, 0) == 3);
        assertThat(last).isBetween(0.125 - deviations(0.125), 0.125 + deviations(0.125));
    }

    // ---- order by place ---------------------------------------------------------------------------------------------

    @Test
    void placeOrderStopsManyThreadsBetweenTwoPlacesAsOftenAsFew() {
        double few = share(new PlaceOrder(42, new Places(), false), reorder(3), run -> between(run, 3));
        double many = share(new PlaceOrder(42, new Places(), false), reorder(30), run -> between(run, 30));
        assertThat(few).isGreaterThan(0.08);
        assertThat(many).isGreaterThan(0.08);
        assertThat(share(new RandomWalk(42), reorder(30), run -> between(run, 30)))
                .isZero();
    }

    private static Simulation reorder(int setters) {
        Operation[][] threads = new Operation[setters + 1][];
        for (int i = 0; i < setters; i++) {
            threads[i] = new Operation[] {new Operation(1, true, 1), new Operation(2, true, 2)};
        }
        threads[setters] = new Operation[] {new Operation(1, false, 3), new Operation(2, false, 4)};
        return new Simulation(threads);
    }

    /** The checker came after every first write and before every second one. */
    private static boolean between(Simulation run, int setters) {
        int firstWrite = 0;
        int secondWrite = Integer.MAX_VALUE;
        for (int i = 0; i < setters; i++) {
            firstWrite = Math.max(firstWrite, run.when(i, 0));
            secondWrite = Math.min(secondWrite, run.when(i, 1));
        }
        return firstWrite < run.when(setters, 0) && run.when(setters, 1) < secondWrite;
    }

    // ---- bounds on preemptions --------------------------------------------------------------------------------------

    @Test
    void whereSwitchesAreFewThatToABeginningIsDrawnToo() {
        Simulation threads = new Simulation(
                Simulation.writes(2, 1, 1), new Operation[] {new Operation(0, false, 0), new Operation(1, true, 11)});
        Predicate<Simulation> begunAtOnce = run -> run.when(1, 0) == 0;
        assertThat(share(new Pos(42, false), threads, begunAtOnce)).isEqualTo(1);
        assertThat(share(new Pos(42, true), threads, begunAtOnce)).isBetween(0.4, 0.6);
        assertThat(share(new PlaceOrder(42, new Places(), false), threads, begunAtOnce))
                .isEqualTo(1);
        assertThat(share(new PlaceOrder(42, new Places(), true), threads, begunAtOnce))
                .isBetween(0.4, 0.6);
    }

    // ---- all --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("strategies")
    void drawsTheSameForTheSameSeedAndElseSomethingElse(Sampling sampling) {
        assertThat(orders(sampling.maker().apply(5)))
                .isEqualTo(orders(sampling.maker().apply(5)));
        assertThat(orders(sampling.maker().apply(5)))
                .isNotEqualTo(orders(sampling.maker().apply(6)));
    }

    private static List<String> orders(Strategy strategy) {
        Simulation threads = reorder(4);
        List<String> orders = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            threads.run(strategy, i);
            orders.add(Arrays.toString(threads.order));
        }
        return orders;
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void reachesEveryInterleavingOfAFew(Sampling sampling) {
        Simulation threads = new Simulation(Simulation.writes(2, 1, 1), Simulation.writes(2, 1, 11));
        Strategy strategy = sampling.maker().apply(1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 1; i <= 500; i++) {
            threads.run(strategy, i);
            counts.merge(Arrays.toString(threads.order), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void allocatesNothingOnceItIsWarm(Sampling sampling) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Simulation threads = reorder(20);
        Strategy strategy = sampling.maker().apply(1);
        for (int i = 1; i <= 3_000; i++) {
            threads.run(strategy, i);
        }
        long before = memory.getCurrentThreadAllocatedBytes();
        for (int i = 3_001; i <= 4_000; i++) {
            threads.run(strategy, i);
        }
        long each = (memory.getCurrentThreadAllocatedBytes() - before) / 1_000;
        // the result of an execution is an object of some 40 bytes, and the mix remembers a hash; no choice of 42 costs
        // anything
        assertThat(each).isLessThan(160);
    }

    // ---- statistics -------------------------------------------------------------------------------------------------

    private static double share(Strategy strategy, Simulation threads, Predicate<Simulation> bug) {
        int found = 0;
        for (int i = 1; i <= EXECUTIONS; i++) {
            threads.run(strategy, i);
            if (bug.test(threads)) {
                found++;
            }
        }
        return (double) found / EXECUTIONS;
    }

    /** Returns four standard deviations of a share. */
    private static double deviations(double probability) {
        return 4 * Math.sqrt(probability * (1 - probability) / EXECUTIONS);
    }

    private static double chiSquare(int[] counts) {
        double expected = (double) Arrays.stream(counts).sum() / counts.length;
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    /** Returns the value that a chi-square statistic exceeds once in ten thousand times (Wilson and Hilferty, 1931). */
    private static double critical(int freedom) {
        double spread = 2.0 / (9 * freedom);
        return freedom * Math.pow(1 - spread + 3.719 * Math.sqrt(spread), 3);
    }
}
