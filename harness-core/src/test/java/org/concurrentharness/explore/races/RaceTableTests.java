package org.concurrentharness.explore.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The table as a whole. */
class RaceTableTests {
    private static final List<RaceTable> PARTS = List.of(
            new ArrayRaceTests(),
            new AtomicRaceTests(),
            new ClassInitRaceTests(),
            new CollectionRaceTests(),
            new CompletableFutureRaceTests(),
            new FinalFieldRaceTests(),
            new ForkJoinRaceTests(),
            new FutureRaceTests(),
            new LockRaceTests(),
            new MemoryModelRaceTests(),
            new MonitorRaceTests(),
            new QueueRaceTests(),
            new SynchronizerRaceTests(),
            new ThreadRaceTests(),
            new VarHandleRaceTests(),
            new ViewRaceTests());

    private static Stream<RaceProgram> programs() {
        return PARTS.stream().flatMap(part -> part.programs().stream());
    }

    @Test
    void aboutHalfOfTheProgramsRace() {
        long racy = programs()
                .filter(program -> program.answer() != RaceProgram.Answer.NONE)
                .count();
        long clean = programs().count() - racy;
        assertThat(racy).isGreaterThan(100).isCloseTo(clean, Percentage.withPercentage(25));
    }

    @Test
    void eachProgramOfAPartHasItsOwnName() {
        for (RaceTable part : PARTS) {
            assertThat(part.programs()).extracting(RaceProgram::name).doesNotHaveDuplicates();
        }
    }
}
