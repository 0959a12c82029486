package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Test;

/** Which strategy chooses the schedules: the default is right for nearly every test, and any other one is a word. */
class StrategyTests {
    /** A pair of numbers of which readers are to see both or none. */
    static class Range {
        private volatile int[] bounds = {0, 0};

        void set(int low, int high) {
            bounds = new int[] {low, high};
        }

        int[] get() {
            return bounds;
        }
    }

    @ConcurrentTest(strategy = Search.SURW, executions = 200)
    void readersSeeBothBoundsOrNone() throws InterruptedException {
        Range range = new Range();
        Thread writer = new Thread(() -> range.set(1, 2));
        writer.start();
        int[] seen = range.get();
        assertThat(seen[1] - seen[0]).isEqualTo(seen[0]);
        writer.join();
    }

    @Test
    void theSameWithoutAnnotation() {
        Exploration result =
                Explorer.explore(Options.defaults().strategy(Search.POS).executions(200), () -> {
                    Range range = new Range();
                    Thread writer = new Thread(() -> range.set(1, 2));
                    writer.start();
                    int[] seen = range.get();
                    assertThat(seen[1] - seen[0]).isEqualTo(seen[0]);
                    writer.join();
                });
        assertThat(result.verdict()).isNotEqualTo(Verdict.FAILED);
    }
}
