package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.junit.jupiter.api.Test;

class ExplorerExampleTests {
    @Test
    void countsOutcomes() {
        int amount = 60;
        Exploration result = Explorer.explore(Options.defaults().executions(500), () -> {
            Account account = new Account(100);
            Thread other = new Thread(() -> account.withdraw(amount));
            other.start();
            boolean mine = account.withdraw(amount);
            other.join();
            return mine ? "mine" : "other's";
        });
        assertThat(result.outcomes()).containsOnlyKeys("mine", "other's");
    }

    @Test
    void copiesWhatIsCaptured() {
        AtomicInteger counter = new AtomicInteger(10);
        Exploration result = Explorer.explore(() -> counter.incrementAndGet());
        assertThat(result.outcomes()).containsOnlyKeys("11"); // a copy for each execution
        assertThat(counter).hasValue(10); // and this one is nobody's
    }
}
