package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class ConcurrentTestTests {
    @Test
    void findsLostUpdate() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(LostUpdate.class))
                .execute();
        results.testEvents().failed().stream()
                .forEach(e -> e.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .get()
                        .printStackTrace(System.out));
        assertThat(results.testEvents().failed().count()).isEqualTo(1);
    }

    static class LostUpdate {
        final AtomicInteger counter = new AtomicInteger();

        @Actor(threads = 2)
        void increment() {
            counter.set(counter.get() + 1);
        }

        @ConcurrentTest
        void isTwo() {
            assertThat(counter.get()).isEqualTo(2);
        }
    }
}
