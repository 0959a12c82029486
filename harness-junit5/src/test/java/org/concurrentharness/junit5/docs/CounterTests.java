package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.concurrentharness.junit5.ConcurrentTest;
import org.concurrentharness.junit5.ThreadIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CounterTests {
    private AtomicIntegerArray counters = new AtomicIntegerArray(0);

    @BeforeEach
    void makeCounters() {
        counters = new AtomicIntegerArray(3);
    }

    @ConcurrentTest(threads = 3)
    void eachThreadHasItsOwn(@ThreadIndex int index) {
        counters.incrementAndGet(index);
    }

    @AfterEach
    void checkCounters() {
        assertThat(counters).hasToString("[1, 1, 1]");
    }
}
