package org.concurrentharness.samples.hunts.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the stress tests against the versions without the bugs, for a moment each. */
class StressHuntsTests {
    private static final Map<String, String> A_MOMENT = Map.of("harness.stress.duration", "200ms");

    @ParameterizedTest
    @EnumSource
    void findsNothingWithoutTheBug(Program program) {
        Find find = Racing.stress(program, A_MOMENT);

        assertThat(find.rounds()).isPositive();
        // The JDK has no version without its bug.
        if (program != Program.JDK) {
            assertThat(find.found()).as(find.what()).isFalse();
        }
    }
}
