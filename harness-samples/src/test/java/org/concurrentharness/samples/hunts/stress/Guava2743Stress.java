package org.concurrentharness.samples.hunts.stress;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.concurrentharness.junit5.StressTest;

/**
 * <a href="https://github.com/google/guava/issues/2743">google/guava 2743</a>: threads that compute and invalidate the same few keys
 * take a segment's lock and an entry's monitor in different orders.
 */
class Guava2743Stress {
    private final Cache<String, String> cache =
            CacheBuilder.newBuilder().maximumSize(1000).build();

    @StressTest(threads = 4, duration = "20s", timeout = "5s", stopAtFailure = true)
    void computesAndInvalidates() {
        for (int i = 0; i < 50; i++) {
            String key = "key " + i % 3;
            String value = "value " + i;
            cache.asMap().computeIfAbsent(key, absent -> value);
            if (i % 7 == 0) {
                cache.invalidate(key);
            }
        }
    }
}
