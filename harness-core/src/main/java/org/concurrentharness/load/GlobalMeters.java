package org.concurrentharness.load;

import io.micrometer.core.instrument.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of a test in Micrometer's global registry. They stay there until the JVM ends, so that who scrapes now and then still finds
 * what came of a load that is over.
 */
final class GlobalMeters implements LoadListener {
    private static final Map<String, GlobalMeters> ALL = new ConcurrentHashMap<>();

    private final LoadMeters meters = new LoadMeters();

    private GlobalMeters(String test) {
        meters.register(Metrics.globalRegistry, test);
    }

    static LoadListener of(String test) {
        return ALL.computeIfAbsent(test, GlobalMeters::new);
    }

    @Override
    public synchronized void second(LoadResult.Second second, Latencies latencies) {
        meters.add(second, latencies);
    }

    @Override
    public synchronized void ended(LoadResult result) {
        meters.add(result);
    }
}
