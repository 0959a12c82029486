package org.concurrentharness.load;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads as meters, when Micrometer is on the class path: in its global registry, where they are fed once a second while a load runs,
 * and as Prometheus text.
 *
 * @since 0.1
 */
public final class LoadMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(LoadMetrics.class);

    // Nothing here names a class of Micrometer: what does is loaded only after one of these is true.
    private static final boolean METERS = isThere("io.micrometer.core.instrument.Metrics");
    private static final boolean PROMETHEUS =
            METERS && isThere("io.micrometer.prometheusmetrics.PrometheusMeterRegistry");

    private LoadMetrics() {}

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, LoadMetrics.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Returns the meters of a load as Prometheus text, format 0.0.4; none when Micrometer is not on the class path. It is what the
     * Prometheus registry of Micrometer writes if that is there too, and else the same, written without it.
     */
    public static Optional<String> prometheus(LoadResult result) {
        try {
            return !METERS
                    ? Optional.empty()
                    : Optional.of(PROMETHEUS ? PrometheusScrape.of(result) : PrometheusText.of(result));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The meters of the load {} could not be written ({})", result.name(), e.toString());
            return Optional.empty();
        }
    }

    /** Returns who tells Micrometer about a load; nobody when that is not there. */
    static Optional<LoadListener> listener(String test) {
        if (!METERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Careful(GlobalMeters.of(test)));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The load {} has no meters ({})", test, e.toString());
            return Optional.empty();
        }
    }

    /** A registry that fails, or another version of it than we know, costs the meters, not the load. */
    private static final class Careful implements LoadListener {
        private final LoadListener listener;
        private boolean failed;

        Careful(LoadListener listener) {
            this.listener = listener;
        }

        @Override
        public void second(LoadResult.Second second, Latencies latencies) {
            tell(() -> listener.second(second, latencies));
        }

        @Override
        public void ended(LoadResult result) {
            tell(() -> listener.ended(result));
        }

        private void tell(Runnable what) {
            if (!failed) {
                try {
                    what.run();
                } catch (RuntimeException | LinkageError e) {
                    failed = true;
                    LOG.warn("The meters of a load are given up ({})", e.toString());
                }
            }
        }
    }
}
