package org.concurrentharness.load;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Optional;

/** Makes a span for each operation: the root of a trace, and the parent of what the operation makes itself. */
final class TracedOperations implements LoadSpans {
    private static final String SCOPE = "org.concurrentharness.load";
    private static final AttributeKey<Long> THREAD = AttributeKey.longKey("load.thread");
    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("load.phase");

    private final Tracer tracer;
    private final String name;

    private TracedOperations(Tracer tracer, String name) {
        this.tracer = tracer;
        this.name = name;
    }

    /** Returns what makes spans; nothing if nobody would see them and they are not asked for. */
    static Optional<LoadSpans> of(String load, boolean asked) {
        if (!asked && !isSet()) {
            return Optional.empty();
        }
        Tracer tracer = GlobalOpenTelemetry.getTracer(SCOPE);
        boolean seen = tracer != TracerProvider.noop().get(SCOPE);
        return asked || seen ? Optional.of(new TracedOperations(tracer, load)) : Optional.empty();
    }

    /** Asking for what is not set sets it to nothing, and whoever sets it later gets an exception: so this has to be known before. */
    private static boolean isSet() {
        try {
            return GlobalOpenTelemetry.isSet();
        } catch (NoSuchMethodError e) {
            return true; // an older version, where it cannot be known
        }
    }

    @Override
    public void run(Load.Operation operation, int thread, boolean measured) throws Throwable {
        Span span = tracer.spanBuilder(name)
                .setParent(Context.root())
                .setAttribute(THREAD, thread)
                .setAttribute(PHASE, measured ? "measured" : "warm-up")
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            operation.run(thread);
        } catch (Throwable t) {
            span.recordException(t);
            span.setStatus(StatusCode.ERROR, String.valueOf(t.getMessage()));
            throw t;
        } finally {
            span.end();
        }
    }
}
