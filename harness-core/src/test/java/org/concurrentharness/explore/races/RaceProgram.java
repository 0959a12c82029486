package org.concurrentharness.explore.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.ExplorationBody;
import org.concurrentharness.explore.Explorations;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Verdict;

/**
 * A small program and what the Java memory model says of it.
 *
 * @param name the rule that it is about, as a sentence
 * @param answer which executions race
 * @param raced the variable that is raced on; alternatives are separated by a bar, where a set is a map underneath
 * @param alsoRaced variables on which there may be a race too
 * @param body the program
 * @param isolate whether each execution needs classes of its own
 * @param limit why the detector does not see the answer, or empty
 */
record RaceProgram(
        String name,
        Answer answer,
        String raced,
        List<String> alsoRaced,
        ExplorationBody body,
        boolean isolate,
        String limit) {
    private static final int SURVIVALS = Explorations.THOROUGH ? 2_000 : 60;
    private static final int TO_FIND = 500;

    /** Which executions race. */
    enum Answer {
        NONE,
        EACH,
        SOME
    }

    /** A program without a data race. */
    static RaceProgram clean(String name, ExplorationBody body) {
        return new RaceProgram(name, Answer.NONE, "", List.of(), body, false, "");
    }

    /** A program that races in each of its executions. */
    static RaceProgram racy(String name, String variable, ExplorationBody body) {
        return new RaceProgram(name, Answer.EACH, variable, List.of(), body, false, "");
    }

    /** A program in which some other synchronization orders the accesses under many schedules, but not under all. */
    static RaceProgram sometimesRacy(String name, String variable, ExplorationBody body) {
        return new RaceProgram(name, Answer.SOME, variable, List.of(), body, false, "");
    }

    /** The same program where further variables may be raced on, such as the flag that was meant to order the others. */
    RaceProgram alsoOn(String... variables) {
        return new RaceProgram(name, answer, raced, List.of(variables), body, isolate, limit);
    }

    /** The same program with a class loader for each execution, so that each of them initialises its classes. */
    RaceProgram isolated() {
        return new RaceProgram(name, answer, raced, alsoRaced, body, true, limit);
    }

    /** The same program, of which the detector does not see the answer yet; its test fails when it does. */
    RaceProgram beyond(String newLimit) {
        return new RaceProgram(name, answer, raced, alsoRaced, body, isolate, newLimit);
    }

    /** Explores the program, and asserts that its answer is found. */
    void check(CarrierKind carrier) {
        if (limit.isEmpty()) {
            checkAnswer(carrier);
        } else {
            assertThatThrownBy(() -> checkAnswer(carrier))
                    .as("The detector sees the answer, in spite of this: %s", limit)
                    .isInstanceOf(AssertionError.class);
        }
    }

    private void checkAnswer(CarrierKind carrier) {
        switch (answer) {
            case NONE -> assertClean(explore(carrier, DataRaces.FAIL, SURVIVALS));
            case EACH -> {
                if (Explorations.THOROUGH) {
                    assertFails(explore(carrier, DataRaces.FAIL, 1));
                } else { // without the search for the harm, which takes its time
                    assertRaces(explore(carrier, DataRaces.REPORT, 1));
                }
            }
            case SOME -> assertFails(explore(carrier, DataRaces.FAIL, TO_FIND));
        }
    }

    private Exploration explore(CarrierKind carrier, DataRaces dataRaces, int executions) {
        Options options = Explorations.options(carrier);
        return Explorer.explore(
                options.dataRaces(dataRaces).executions(executions).isolate(isolate), body);
    }

    private void assertClean(Exploration result) {
        assertThat(result.races()).as("races that are none").isEmpty();
        assertThat(result.failure().map(Failure::report)).isEmpty();
        assertThat(result.verdict()).as("%s", result.notes()).isEqualTo(Verdict.SURVIVED);
    }

    private void assertFails(Exploration result) {
        assertThat(result.failure().map(Failure::kind))
                .as("after %s executions: %s", result.executions(), result.notes())
                .contains(Failure.Kind.DATA_RACE);
        assertThat(result.failure().orElseThrow().races()).isEqualTo(result.races());
        assertRaces(result);
    }

    private void assertRaces(Exploration result) {
        assertThat(result.races())
                .as("%s", result.notes())
                .extracting(DataRace::variable)
                .anyMatch(variable -> names(variable, raced), "is " + raced);
        List<String> allowed =
                Stream.concat(Stream.of(raced), alsoRaced.stream()).toList();
        assertThat(result.races())
                .extracting(DataRace::variable)
                .allMatch(variable -> allowed.stream().anyMatch(one -> names(variable, one)), "is one of " + allowed);
        assertThat(result.races())
                .flatExtracting(race -> List.of(race.first(), race.second()))
                .as("places: %s", result.races())
                .allMatch(access -> access.place().getClassName().startsWith("org.concurrentharness.explore.races."));
    }

    /** "element 3 of int[]" names "element 3 of int[]#1", and "Box.value" does not name "Box.valueOf". */
    private static boolean names(String variable, String expected) {
        return Stream.of(expected.split("\\|")).anyMatch(one -> {
            int at = variable.indexOf(one);
            int end = at + one.length();
            return at >= 0
                    && (at == 0 || !Character.isJavaIdentifierPart(variable.charAt(at - 1)))
                    && (end == variable.length() || !Character.isJavaIdentifierPart(variable.charAt(end)));
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
