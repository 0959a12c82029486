package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Tag;

/** A thread-safe map does not make two calls one: both threads miss, and the expensive value is loaded twice. */
class CacheTests {
    private final Map<String, String> cache = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    private String load(String key) {
        loads.incrementAndGet();
        return "value of " + key;
    }

    private String get(String key) {
        String value = cache.get(key);
        if (value == null) {
            value = load(key);
            cache.put(key, value);
        }
        return value;
    }

    @Tag("broken")
    @ConcurrentTest
    void loadsOnce() throws InterruptedException {
        Thread other = new Thread(() -> get("key"));
        other.start();
        get("key");
        other.join();

        assertThat(loads).hasValue(1);
    }

    @ConcurrentTest
    void loadsOnceWhenTheMapCallsTheLoader() throws InterruptedException {
        Thread other = new Thread(() -> cache.computeIfAbsent("key", this::load));
        other.start();
        cache.computeIfAbsent("key", this::load);
        other.join();

        assertThat(loads).hasValue(1);
    }
}
