package org.concurrentharness.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceIntervalTests {
    /** By R: {@code prop.test(x, n, correct = FALSE)}. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.2775328",
        "1, 10, 0.01787621, 0.4041500",
        "5, 10, 0.2365931, 0.7634069",
        "10, 10, 0.7224672, 1",
        "15, 148, 0.0624387, 0.1605768",
        "0, 0, 0, 1"
    })
    void isWilsons(long successes, long trials, double low, double high) {
        ConfidenceInterval interval = ConfidenceInterval.of(successes, trials);

        assertThat(interval.low()).isCloseTo(low, within(1e-4));
        assertThat(interval.high()).isCloseTo(high, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "1, 100 %", "0.5, 50 %", "0.0123456, 1.2 %", "0.00000123, 0.00012 %", "0.0995, 10.0 %"})
    void isShownWithTwoDigits(double share, String text) {
        assertThat(ConfidenceInterval.percent(share)).isEqualTo(text);
    }
}
