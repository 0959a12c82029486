package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTests {
    @ParameterizedTest
    @CsvSource({
        "50ms, 50_000_000",
        "800us, 800_000",
        "1.5 s, 1_500_000_000",
        "250µs, 250_000",
        "7ns, 7",
        "2m, 120_000_000_000",
        "1_000ms, 1_000_000_000"
    })
    void readsLatencies(String text, String nanos) {
        assertThat(Quantity.latency("p99", text).toNanos()).isEqualTo(Long.parseLong(nanos.replace("_", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "50", "ms", "-1ms", "0ms", "1e3ms", "50 Ms", "0.1ns", "99999999999999m"})
    void refusesWhatIsNoLatency(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.latency("p99", text))
                .withMessage("p99 is \"" + text
                        + "\"; it must be a positive duration such as \"800us\", \"50ms\" or \"1.5s\".");
    }

    @ParameterizedTest
    @CsvSource({"0.1%, 0.001", "0 %, 0", "100%, 1", "12.5%, 0.125"})
    void readsShares(String text, double share) {
        assertThat(Quantity.share("errors", text)).isCloseTo(share, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.1", "101%", "-1%", "%"})
    void refusesWhatIsNoShare(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.share("errors", text))
                .withMessage("errors is \"" + text + "\"; it must be a share such as \"0%\" or \"0.1%\".");
    }

    @ParameterizedTest
    @CsvSource({"1000/s, 1000", "1000, 1000", "90/m, 1.5", "3600 / h, 1", "1_000.5/s, 1000.5"})
    void readsRates(String text, double rate) {
        assertThat(Quantity.rate("rate", text)).isCloseTo(rate, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/s", "-5/s", "5/d", "fast"})
    void refusesWhatIsNoRate(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.rate("rate", text))
                .withMessage("rate is \"" + text + "\"; it must be a rate such as \"1000/s\", \"1000\" or \"90/m\".");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "850, 850 ns",
        "12_500, 12.5 µs",
        "61_234_567, 61.2 ms",
        "1_250_000_000, 1.25 s",
        "123_456_000_000, 123 s",
        "999_999, '1,000 µs'",
        "10_000_000, 10 ms"
    })
    void writesLatencies(String nanos, String text) {
        assertThat(Quantity.latency(Double.parseDouble(nanos.replace("_", "")))).isEqualTo(text);
    }

    @Test
    void writesSharesAndRates() {
        assertThat(Quantity.share(0)).isEqualTo("0 %");
        assertThat(Quantity.share(0.00012345)).isEqualTo("0.012 %");
        assertThat(Quantity.share(0.5)).isEqualTo("50 %");
        assertThat(Quantity.count(1, "call")).isEqualTo("1 call");
        assertThat(Quantity.count(1_000, "call")).isEqualTo("1,000 calls");
        assertThat(Quantity.rate(12_345.6)).isEqualTo("12,346/s");
        assertThat(Quantity.rate(1.234)).isEqualTo("1.23/s");
    }
}
