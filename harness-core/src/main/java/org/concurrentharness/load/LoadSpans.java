package org.concurrentharness.load;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs operations in spans, when OpenTelemetry is on the class path and has been set up. Names none of its classes. */
interface LoadSpans {
    /** Calls an operation in a span of its own. */
    void run(Load.Operation operation, int thread, boolean measured) throws Throwable;

    /**
     * Returns what makes spans for a load; nothing when there is nobody to take them, or it shall have none.
     *
     * @param asked what was asked for; if nothing, {@code harness.load.spans} decides
     * @throws IllegalArgumentException when the setting is neither {@code on} nor {@code off}
     */
    static Optional<LoadSpans> of(String load, Load.@Nullable Spans asked) {
        Logger log = LoggerFactory.getLogger(LoadSpans.class);
        Load.Spans spans = asked != null ? asked : Load.Spans.of(System.getProperty("harness.load.spans", ""));
        if (spans == Load.Spans.OFF) {
            return Optional.empty();
        }
        try {
            Class.forName("io.opentelemetry.api.GlobalOpenTelemetry", false, LoadSpans.class.getClassLoader());
            return TracedOperations.of(load, spans == Load.Spans.ON);
        } catch (ClassNotFoundException e) {
            if (spans == Load.Spans.ON) {
                log.warn("There are no spans of {}, since opentelemetry-api is not on the class path.", load);
            }
        } catch (RuntimeException | LinkageError e) {
            log.warn("There are no spans of {} ({})", load, e.toString());
        }
        return Optional.empty();
    }
}
