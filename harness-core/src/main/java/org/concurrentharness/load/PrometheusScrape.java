package org.concurrentharness.load;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of a load as Micrometer's Prometheus registry writes them. */
final class PrometheusScrape {
    private PrometheusScrape() {}

    static String of(LoadResult result) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            LoadMeters.of(result).register(registry, result.name());
            return registry.scrape();
        } finally {
            registry.close();
        }
    }
}
