package org.concurrentharness.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Decides without a clock: how long batches take is said by the tests. */
class TurnsTests {
    private static final int THREADS = 2;
    private static final long MILLI = 1_000_000;

    @Test
    void givesEachStartItsShareOfTheTimeHoweverLongItsRoundsAre() {
        Map<Start, Long> nanosOfARound =
                Map.of(Start.ALIGNED, MILLI / 10, Start.SKEWED, MILLI, Start.OVERSUBSCRIBED, 100 * MILLI);
        Turns turns = turns(StressOptions.defaults().duration(Duration.ofSeconds(20)), 1);
        Map<Start, Long> used = new EnumMap<>(Start.class);

        long all = 0;
        for (int number = 0; all < 20_000 * MILLI; number++) {
            Batch<Object> batch = turns.next(number, THREADS, 0, 0);
            long nanos = batch.rounds() * nanosOfARound.get(batch.start);
            turns.took(batch, nanos, nanos);
            used.merge(batch.start, nanos, Long::sum);
            all += nanos;
        }

        long time = all;
        assertThat(used).containsOnlyKeys(Start.values());
        assertThat(used)
                .allSatisfy((start, nanos) -> assertThat((double) nanos / time).isBetween(0.31, 0.36));
    }

    @Test
    void givesEachStartItsShareOfARoundsBound() {
        Turns turns = turns(StressOptions.defaults().rounds(900), 1);
        Map<Start, Integer> rounds = new EnumMap<>(Start.class);

        int all = 0;
        for (int number = 0; all < 900; number++) {
            Batch<Object> batch = turns.next(number, THREADS, all, 0);
            turns.took(batch, batch.rounds() * MILLI / 10, batch.rounds() * MILLI / 10);
            rounds.merge(batch.start, batch.rounds(), Integer::sum);
            all += batch.rounds();
        }

        assertThat(rounds).isEqualTo(Map.of(Start.ALIGNED, 300, Start.SKEWED, 300, Start.OVERSUBSCRIBED, 300));
    }

    @Test
    void skewsOnlySkewedStartsAndOverAllOrdersOfMagnitudeUpToTheGreatest() {
        Turns turns = turns(StressOptions.defaults().rounds(9_000).maxSkew(Duration.ofMillis(1)), 1);

        List<Long> delays = new ArrayList<>();
        int all = 0;
        for (int number = 0; all < 9_000; number++) {
            Batch<Object> batch = turns.next(number, THREADS, all, 0);
            if (batch.start == Start.SKEWED) {
                Arrays.stream(batch.delays).forEach(delays::add);
            } else {
                assertThat(batch.delays).containsOnly(0L);
            }
            turns.took(batch, batch.rounds(), batch.rounds());
            all += batch.rounds();
        }

        assertThat(delays)
                .hasSize(3_000 * THREADS)
                .allSatisfy(delay -> assertThat(delay).isBetween(MILLI / 4_096, MILLI));
        for (long below = MILLI / 1_024; below <= MILLI; below *= 4) {
            long greatest = below;
            // six such ranges, each as likely
            assertThat(delays)
                    .filteredOn(delay -> delay <= greatest && delay > greatest / 4)
                    .hasSizeBetween(800, 1_200);
        }
    }

    @Test
    void skewsAsTheSeedSays() {
        assertThat(delays(1)).isEqualTo(delays(1)).isNotEqualTo(delays(2));
    }

    private static List<Long> delays(long seed) {
        Turns turns = turns(StressOptions.defaults().rounds(900), seed);
        List<Long> delays = new ArrayList<>();
        int all = 0;
        for (int number = 0; all < 900; number++) {
            Batch<Object> batch = turns.next(number, THREADS, all, 0);
            Arrays.stream(batch.delays).forEach(delays::add);
            turns.took(batch, batch.rounds() * MILLI / 10, batch.rounds() * MILLI / 10);
            all += batch.rounds();
        }
        return delays;
    }

    private static Turns turns(StressOptions options, long seed) {
        return new Turns(options, new SplittableRandom(seed));
    }
}
