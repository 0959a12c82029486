package org.concurrentharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Search;
import org.junit.jupiter.api.Test;

class ArgumentsTests {
    @Test
    void wordsComeInAnyOrder() {
        Arguments arguments =
                Arguments.of(new String[] {"seeds=3", "Reorder10", "threads", "isolate", "random"}, "seeds", "isolate");

        assertThat(arguments.search()).isEqualTo(Search.RANDOM);
        assertThat(arguments.carrier()).isEqualTo(CarrierKind.THREADS);
        assertThat(arguments.subjects()).containsExactly(Subject.REORDER_10);
        assertThat(arguments.number("seeds", 20)).isEqualTo(3);
        assertThat(arguments.has("isolate")).isTrue();
        assertThat(arguments.fibers()).isFalse();
    }

    @Test
    void whatIsNotGivenHasADefault() {
        Arguments arguments = Arguments.of(new String[0], "seeds", "isolate");

        assertThat(arguments.options().strategy()).isEqualTo(Search.AUTO);
        assertThat(arguments.options().carrier()).isEqualTo(CarrierKind.AUTO);
        assertThat(arguments.subjects()).isEmpty();
        assertThat(arguments.number("seeds", 20)).isEqualTo(20);
        assertThat(arguments.has("isolate")).isFalse();
    }

    @Test
    void anUnknownWordIsRefused() {
        assertThatThrownBy(() -> Arguments.of(new String[] {"Reorder11"}, "seeds"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"Reorder11\" is no strategy, carrier or program, and none of [seeds].");
    }
}
