package org.concurrentharness.samples.hunts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.concurrentharness.junit5.ConcurrentTest;

/**
 * <a href="https://github.com/google/guava/issues/2743">google/guava 2743</a>: two threads compute the same absent key. The
 * second one locks the entry first and waits inside for the value of the first one, which waits for the entry's monitor.
 */
class Guava2743Hunt {
    private final Cache<String, String> cache = CacheBuilder.newBuilder().build();

    @ConcurrentTest(threads = 3)
    void computesTheSameAbsentKey() {
        String value = cache.asMap().computeIfAbsent("key", key -> "value");

        assertThat(value).isEqualTo("value");
    }
}
