package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StressOptionsTests {
    private static StressOptions options(Map<String, String> set) {
        return StressOptions.of(key -> Optional.ofNullable(set.get(key)));
    }

    @Test
    void briefIsTheDefault() {
        StressOptions options = options(Map.of());
        assertThat(options.mode()).isEqualTo("brief");
        assertThat(String.join(" ", options.commandLine()))
                .isEqualTo("-m quick -f 1 -fsm 1 -iters 4 -time 100 -sc false -af NONE");
        assertThat(options.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sanity", "quick", "default", "tough", "stress"})
    void modesOfJcstressPassThrough(String mode) {
        assertThat(options(Map.of(StressOptions.MODE, mode)).commandLine()).containsExactly("-m", mode);
    }

    @Test
    void argumentsArePassedOnAndWinOverWhatBriefWouldSay() {
        StressOptions options = options(Map.of(StressOptions.ARGS, "-iters 9 -jvmArgs '-Xint -Xmx1g'"));
        assertThat(options.commandLine())
                .containsExactly(
                        "-m",
                        "quick",
                        "-iters",
                        "9",
                        "-jvmArgs",
                        "-Xint -Xmx1g",
                        "-f",
                        "1",
                        "-fsm",
                        "1",
                        "-time",
                        "100",
                        "-sc",
                        "false",
                        "-af",
                        "NONE");
    }

    @Test
    void aSecondBriefRunIsLongerUnlessTheTimeIsGiven() {
        assertThat(options(Map.of()).longer().orElseThrow().commandLine()).containsSequence("-time", "500");
        assertThat(options(Map.of()).longer().orElseThrow().longer()).isEmpty();
        assertThat(options(Map.of(StressOptions.ARGS, "-time 100")).longer()).isEmpty();
        assertThat(options(Map.of(StressOptions.MODE, "quick")).longer()).isEmpty();
    }

    @Test
    void theTimeoutGrowsWithWhatAJvmHasToDo() {
        assertThat(options(Map.of(StressOptions.MODE, "stress")).timeout()).isEqualTo(Duration.ofSeconds(210));
        assertThat(options(Map.of(StressOptions.ARGS, "-time 10000 -iters 20")).timeout())
                .isEqualTo(Duration.ofMinutes(11));
        assertThat(options(Map.of(StressOptions.TIMEOUT, "5s")).timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anUnknownModeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of(StressOptions.MODE, "hard")))
                .withMessage(
                        "harness.jcstress.mode is \"hard\"; it must be one of brief, sanity, quick, default, tough,"
                                + " stress.");
    }

    @Test
    void argumentsThatAreNotForItAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of(StressOptions.ARGS, "-v -t Foo")))
                .withMessage("harness.jcstress.args holds -t, which is not for it; choose classes as you choose any"
                        + " tests, such as by -Dtest=.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of(StressOptions.ARGS, "'-v")))
                .withMessage("harness.jcstress.args is <'-v>; it must be options of jcstress, as on a command line: the"
                        + " quote (') at character 1 is not closed.");
    }
}
