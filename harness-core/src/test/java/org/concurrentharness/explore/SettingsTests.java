package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {
    private static Settings settings(String... keysAndValues) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.of(key -> Optional.ofNullable(map.get(key)));
    }

    @Test
    void leavesOptionsAloneWhenNothingIsSet() {
        assertThat(settings().over(Options.defaults())).isEqualTo(Options.defaults());
        assertThat(settings().shared()).isEmpty();
    }

    @Test
    void replacesEveryOption() {
        Settings settings = settings(
                "harness.executions", "7",
                "harness.budget", "250ms",
                "harness.strategy", "random",
                "harness.seed", "0xffffffffffffffff",
                "harness.replay", " t0ken ",
                "harness.dataRaces", "REPORT",
                "harness.timeouts", "any-time",
                "harness.leakedThreads", "fail",
                "harness.maxSteps", "20_000",
                "harness.preemptions", "-1",
                "harness.inside", "ch.qos.logback, java.util.concurrent",
                "harness.carrier", "threads",
                "harness.threads", "3",
                "harness.isolate", "TRUE",
                "harness.spuriousWakeups", "true",
                "harness.races.ignore", "com.acme.Cache.hits, com.acme.stats.*");

        assertThat(settings.over(Options.defaults().preemptions(2).maxSteps(1)))
                .isEqualTo(new Options(
                        7,
                        Duration.ofMillis(250),
                        Search.RANDOM,
                        -1,
                        "t0ken",
                        DataRaces.REPORT,
                        Timeouts.ANY_TIME,
                        LeakedThreads.FAIL,
                        20_000,
                        -1,
                        List.of("ch.qos.logback", "java.util.concurrent"),
                        CarrierKind.THREADS,
                        3,
                        true,
                        true,
                        List.of("com.acme.Cache.hits", "com.acme.stats.*")));
    }

    @Test
    void takesAnEmptyValueForUnset() {
        assertThat(settings("harness.seed", "", "harness.budget", "  ").over(Options.defaults()))
                .isEqualTo(Options.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "harness.executions | -5 | a whole number from 1 to 2147483647",
                "harness.executions | many | a whole number from 1 to 2147483647",
                "harness.executions | 3000000000 | a whole number from 1 to 2147483647",
                "harness.budget | -10s | a positive duration such as \"500ms\", \"10s\" or \"2m\"",
                "harness.budget | 0ms | a positive duration such as \"500ms\", \"10s\" or \"2m\"",
                "harness.budget | 10 | a positive duration such as \"500ms\", \"10s\" or \"2m\"",
                "harness.budget | 10d | a positive duration such as \"500ms\", \"10s\" or \"2m\"",
                "harness.strategy | DPOR | one of AUTO, RANDOM, PCT, POS, SURW, EXHAUSTIVE",
                "harness.seed | x | a whole number of 64 bits, decimal or hexadecimal after 0x",
                "harness.seed | 9223372036854775808 | a whole number of 64 bits, decimal or hexadecimal after 0x",
                "harness.dataRaces | yes | one of FAIL, REPORT, IGNORE",
                "harness.timeouts | never | one of WHEN_IDLE, ANY_TIME",
                "harness.leakedThreads | kill | one of FAIL, REPORT, IGNORE",
                "harness.maxSteps | 0 | a whole number from 1 to 2147483647",
                "harness.preemptions | -2 | a whole number from -1 to 2147483647",
                "harness.inside | a b | package names such as \"com.acme.db\", separated by commas",
                "harness.carrier | virtual | one of AUTO, FIBERS, THREADS",
                "harness.threads | 0 | a whole number from 1 to 2147483647",
                "harness.isolate | yes | true or false",
                "harness.spuriousWakeups | 1 | true or false",
            })
    void refusesWhatIsNotPossible(String key, String value, String possible) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(key, value).over(Options.defaults()))
                .withMessage(key + " is \"" + value + "\"; it must be " + possible + ".");
    }

    @Test
    void listsSharedPackages() {
        assertThat(settings("harness.shared", "com.acme.db,, org.sqlite ").shared())
                .containsExactly("com.acme.db", "org.sqlite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("harness.shared", "com/acme").shared())
                .withMessage("harness.shared is \"com/acme\"; it must be package names such as \"com.acme.db\","
                        + " separated by commas.");
    }

    @Test
    void readsDurations() {
        assertThat(Settings.duration("budget", "500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Settings.duration("budget", " 10 s ")).isEqualTo(Duration.ofSeconds(10));
        assertThat(Settings.duration("budget", "2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Settings.duration("budget", "1h")).isEqualTo(Duration.ofHours(1));
    }
}
