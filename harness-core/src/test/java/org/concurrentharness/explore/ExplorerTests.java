package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExplorerTests {
    private static final Options FEW = Options.defaults().executions(20);

    @Test
    void takesBlocksAndExpressionsWithAndWithoutOutcome() {
        assertThat(Explorer.explore(FEW, () -> {}).outcomes()).isEmpty();
        assertThat(Explorer.explore(FEW, () -> new AtomicInteger().set(1)).outcomes())
                .isEmpty();
        assertThat(Explorer.explore(FEW, () -> {
                            AtomicInteger number = new AtomicInteger();
                            return number.incrementAndGet();
                        })
                        .outcomes())
                .containsOnlyKeys("1");
        assertThat(Explorer.explore(FEW, () -> new AtomicInteger().incrementAndGet())
                        .outcomes())
                .containsOnlyKeys("1");
        assertThat(Explorer.explore(FEW, ExplorerTests::nothing).outcomes()).isEmpty();
    }

    static void nothing() {}
}
