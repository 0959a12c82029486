package org.concurrentharness.explore.races;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Explorations;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of the table: programs of one theme, each explored on every carrier. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(
        TestInstance.Lifecycle.PER_CLASS) // each part has programs of its own, which no static method could ask for
abstract class RaceTable {
    /** Returns the programs. */
    abstract List<RaceProgram> programs();

    Stream<Arguments> rows() {
        return programs().stream()
                .flatMap(program -> Explorations.carriers().stream().map(carrier -> Arguments.of(program, carrier)));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("rows")
    void theAnswerIsRight(RaceProgram program, CarrierKind carrier) {
        program.check(carrier);
    }
}
