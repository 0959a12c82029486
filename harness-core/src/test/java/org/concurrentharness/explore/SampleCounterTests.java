package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SampleCounterTests {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    @Test
    void agreesWithCountingEachHashByItself() {
        Random random = new Random(3);
        SampleCounter samples = new SampleCounter();
        Map<Long, Integer> times = new HashMap<>();
        for (int i = 1; i <= 20_000; i++) {
            long hash = random.nextInt(8_000); // 0 among them, which the table cannot hold as it is
            samples.add(hash, 1);
            times.merge(hash, 1, Integer::sum);
            if (i % 997 == 0) {
                double once = times.values().stream().filter(n -> n == 1).count();
                double twice = times.values().stream().filter(n -> n == 2).count();
                assertThat(samples.chanceOfNew()).isCloseTo(once / i, EXACTLY);
                assertThat(samples.classes()).isCloseTo(times.size() + once * (once - 1) / (2 * (twice + 1)), EXACTLY);
            }
        }
    }

    @Test
    void schedulesAreTheMeanOfTheWeights() {
        SampleCounter samples = new SampleCounter();
        samples.add(1, 10);
        samples.add(2, 20);
        samples.add(3, 60);
        assertThat(samples.schedules()).isCloseTo(30, EXACTLY);
        assertThat(samples.samples()).isEqualTo(3);
    }

    @Test
    void nothingIsKnownBeforeTheFirstSample() {
        assertThat(new SampleCounter().chanceOfNew()).isEqualTo(1);
    }

    @Test
    void staysBeyondTheRangeOfADouble() {
        SampleCounter samples = new SampleCounter();
        samples.add(1, Double.POSITIVE_INFINITY);
        samples.add(2, Double.POSITIVE_INFINITY);
        samples.add(3, 6);
        assertThat(samples.schedules()).isInfinite();
    }
}
