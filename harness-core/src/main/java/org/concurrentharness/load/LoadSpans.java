package org.concurrentharness.load;

import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs operations in spans, when OpenTelemetry is on the class path and has been set up. Names none of its classes. */
interface LoadSpans {
    /** Calls an operation in a span of its own. */
    void run(Load.Operation operation, int thread, boolean measured) throws Throwable;

    /**
     * Returns what makes spans for a load; nothing when there is nobody to take them, or {@code harness.load.spans} is {@code off}.
     *
     * @throws IllegalArgumentException when the setting is neither {@code on} nor {@code off}
     */
    static Optional<LoadSpans> of(String load) {
        Logger log = LoggerFactory.getLogger(LoadSpans.class);
        String setting = System.getProperty("harness.load.spans", "").strip().toLowerCase(Locale.ROOT);
        if (!setting.isEmpty() && !setting.equals("on") && !setting.equals("off")) {
            throw new IllegalArgumentException("harness.load.spans is \"" + setting + "\"; it must be on or off.");
        }
        if (setting.equals("off")) {
            return Optional.empty();
        }
        try {
            Class.forName("io.opentelemetry.api.GlobalOpenTelemetry", false, LoadSpans.class.getClassLoader());
            return TracedOperations.of(load, setting.equals("on"));
        } catch (ClassNotFoundException e) {
            if (setting.equals("on")) {
                log.warn("There are no spans of {}, since opentelemetry-api is not on the class path.", load);
            }
        } catch (RuntimeException | LinkageError e) {
            log.warn("There are no spans of {} ({})", load, e.toString());
        }
        return Optional.empty();
    }
}
