package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTests {
    private static final LoadOptions OPTIONS = LoadOptions.defaults().rate(3_000);

    @Test
    void keepsARateThatIsNoWholeNumberOfNanoseconds() {
        Schedule schedule = new Schedule(OPTIONS, 100, 1);

        assertThat(schedule.next()).isEqualTo(100);
        assertThat(schedule.next()).isEqualTo(100 + 333_333);
        for (int i = 2; i < 3_000_000; i++) {
            schedule.next();
        }
        assertThat(schedule.next()).isCloseTo(100 + 1_000_000_000_000L, within(1_000L));
    }

    @Test
    void spreadsRandomArrivalsAsAPoissonProcessDoes() {
        Schedule schedule = new Schedule(OPTIONS.arrivals(Arrivals.POISSON), 0, 42);
        int count = 300_000;
        double sum = 0;
        double squares = 0;
        long before = schedule.next();
        for (int i = 0; i < count; i++) {
            long due = schedule.next();
            double distance = due - before;
            assertThat(distance).isNotNegative();
            sum += distance;
            squares += distance * distance;
            before = due;
        }

        double mean = sum / count;
        double deviation = Math.sqrt(squares / count - mean * mean);
        assertThat(mean).isCloseTo(333_333, within(3_333.0));
        // the standard deviation of an exponential distribution is its mean
        assertThat(deviation).isCloseTo(333_333, within(3_333.0));
    }

    @Test
    void repeatsArrivalsOfASeed() {
        Schedule one = new Schedule(OPTIONS.arrivals(Arrivals.POISSON), 0, 7);
        Schedule same = new Schedule(OPTIONS.arrivals(Arrivals.POISSON), 0, 7);
        Schedule other = new Schedule(OPTIONS.arrivals(Arrivals.POISSON), 0, 8);
        one.next();
        same.next();
        other.next();

        long first = one.next();
        assertThat(same.next()).isEqualTo(first);
        assertThat(other.next()).isNotEqualTo(first);
    }
}
