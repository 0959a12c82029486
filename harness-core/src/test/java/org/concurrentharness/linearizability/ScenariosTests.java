package org.concurrentharness.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrentharness.linearizability.structures.Broken;
import org.concurrentharness.linearizability.structures.Correct;
import org.junit.jupiter.api.Test;

class ScenariosTests {
    private static final Operations QUEUE = Operations.of(Correct.LinkedQueue.class);
    private static final Operations COUNTER = Operations.of(Broken.GetThenSet.class);

    @Test
    void theSeedDecides() {
        Scenarios.Size size = new Scenarios.Size(3, 3, 2, 1);

        List<Scenario> some = new Scenarios(QUEUE, size, 42).make(100);

        assertThat(new Scenarios(QUEUE, size, 42).make(100)).isEqualTo(some);
        assertThat(new Scenarios(QUEUE, size, 43).make(100)).isNotEqualTo(some);
        assertThat(some).hasSize(100);
    }

    @Test
    void smallOnesComeFirstAndNoneTwice() {
        List<Scenario> some = new Scenarios(QUEUE, new Scenarios.Size(3, 3, 2, 1), 42).make(200);

        assertThat(some).extracting(Scenario::concurrent).isSorted();
        assertThat(some).extracting(Scenario::key).doesNotHaveDuplicates();
        assertThat(some.get(0).threads()).hasSize(2);
        assertThat(some).anySatisfy(scenario -> {
            assertThat(scenario.initial()).hasSize(2);
            assertThat(scenario.threads())
                    .hasSize(3)
                    .allSatisfy(thread -> assertThat(thread).hasSize(3));
            assertThat(scenario.last()).hasSize(1);
        });
    }

    @Test
    void fewAreAll() {
        Scenarios scenarios = new Scenarios(COUNTER, new Scenarios.Size(2, 1, 0, 0), 42);

        assertThat(scenarios.make(100))
                .extracting(Scenario::key)
                .containsExactlyInAnyOrder(
                        "[] [[get()], [get()]] []",
                        "[] [[get()], [increment()]] []",
                        "[] [[increment()], [increment()]] []");
        assertThat(scenarios.all()).isTrue();
    }

    @Test
    void fewOfManyAreNotAll() {
        Scenarios scenarios = new Scenarios(COUNTER, new Scenarios.Size(2, 1, 0, 0), 42);

        assertThat(scenarios.make(2)).hasSize(2);
        assertThat(scenarios.all()).isFalse();
    }

    @Test
    void anOperationThatIsCalledOnceIsNotCalledTwice() {
        List<Scenario> some = new Scenarios(Operations.of(Closes.class), new Scenarios.Size(2, 2, 1, 1), 42).make(300);

        assertThat(some)
                .isNotEmpty()
                .allSatisfy(scenario -> assertThat(scenario.calls())
                        .filteredOn(call -> call.operation().name().equals("close"))
                        .hasSizeLessThan(2));
        assertThat(some).anySatisfy(scenario -> assertThat(scenario.key()).contains("close()"));
    }

    static class Closes {
        @Operation(once = true)
        void close() {}

        @Operation
        boolean isClosed() {
            return false;
        }
    }

    @Test
    void takesArgumentsFromTypesAndAnnotations() {
        assertThat(Operations.of(Types.class).methods().get(0).calls()).isEqualTo(2L * 2 * 3 * 2 * 2);
        assertThat(Call.of(Operations.of(Types.class).methods().get(0), 0))
                .hasToString("all(false, A, -1, \"x\", 'c')");
        assertThat(Call.of(Operations.of(Types.class).methods().get(0), 47)).hasToString("all(true, B, 1, \"y\", 'd')");
    }

    enum Letter {
        A,
        B
    }

    static class Types {
        @Operation
        void all(
                boolean flag,
                Letter letter,
                @Range(from = -1, to = 1) long number,
                @Values({"x", "y"}) String text,
                @Values({"c", "d"}) char sign) {}
    }

    @Test
    void aTokenHasTheWholeScenario() {
        for (Scenario scenario : new Scenarios(QUEUE, new Scenarios.Size(3, 3, 2, 1), 42).make(100)) {
            String token = new ScenarioToken(scenario, "ch1-schedule").encode(QUEUE);

            assertThat(token).matches("cl1-[0-9a-z]+-ch1-schedule");
            assertThat(ScenarioToken.parse(token, QUEUE)).isEqualTo(new ScenarioToken(scenario, "ch1-schedule"));
        }
    }

    @Test
    void countsOrders() {
        assertThat(Scenario.orders(List.of(1, 1))).isEqualTo(2);
        assertThat(Scenario.orders(List.of(3, 3, 3))).isEqualTo(1680);
        assertThat(Scenario.orders(List.of(60, 60))).isEqualTo(Long.MAX_VALUE);
    }
}
