package org.concurrentharness.load;

import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls an operation from many threads for a while and measures throughput, errors and latencies.
 *
 * <pre>{@code
 * Load.of("GET /orders", thread -> client.get("/orders"))
 *         .options(LoadOptions.defaults().threads(16).rate(2_000))
 *         .run()
 *         .orThrow(LoadLimits.none().percentile(99, Duration.ofMillis(50)).errors(0.001));
 * }</pre>
 *
 * <p>With a rate, operations are due at times of their own (an open loop), and latencies count from then: an operation that is slow
 * shows in those that had to wait for it. Without one, each thread calls again when its call has returned (a closed loop).
 *
 * <p>Immutable: each method returns a changed copy.
 *
 * @since 0.1
 */
public final class Load {
    final String name;
    final Operation operation;
    final LoadOptions options;
    final Predicate<? super Throwable> ending;
    final @Nullable Spans spans;

    private Load(
            String name,
            Operation operation,
            LoadOptions options,
            Predicate<? super Throwable> ending,
            @Nullable Spans spans) {
        this.name = name;
        this.operation = operation;
        this.options = options;
        this.ending = ending;
        this.spans = spans;
    }

    /**
     * Returns a load that calls an operation.
     *
     * @param name what reports call it
     * @param operation what is called, from several threads at once
     */
    public static Load of(String name, Operation operation) {
        return new Load(name, operation, LoadOptions.defaults(), thrown -> false, null);
    }

    /** Returns this load with other options. */
    public Load options(LoadOptions value) {
        return new Load(name, operation, value, ending, spans);
    }

    /** Returns this load with or without spans; if nothing is said here, the system property {@code harness.load.spans} decides. */
    public Load spans(Spans value) {
        return new Load(name, operation, options, ending, value);
    }

    /**
     * Returns this load with exceptions that are no failure of an operation, but end the load: the first one is thrown by {@link #run}.
     * An assumption that does not hold is such.
     */
    public Load endedBy(Predicate<? super Throwable> value) {
        return new Load(name, operation, options, value, spans);
    }

    /**
     * Calls the operation for as long as the options say, and returns what came of it. When an operation hangs, all threads are
     * interrupted; those that do not end are left behind as daemons, which the result tells.
     *
     * @throws InterruptedException when interrupted; what was measured until then is lost
     * @throws Throwable what ended the load, if that was asked for by {@link #endedBy}
     */
    public LoadResult run() throws Throwable {
        return new LoadRun(this).run();
    }

    /**
     * Whether each operation runs in a span of OpenTelemetry.
     *
     * @since 0.1
     */
    public enum Spans {
        /** If somebody takes them. */
        AUTO,

        /** Even if the API drops them. */
        ON,

        /** None. */
        OFF;

        /**
         * Returns what a setting stands for: {@code "on"}, {@code "off"}, or an empty text for {@link #AUTO}.
         *
         * @throws IllegalArgumentException when it is something else
         */
        public static Spans of(String setting) {
            return switch (setting.strip().toLowerCase(Locale.ROOT)) {
                case "" -> AUTO;
                case "on" -> ON;
                case "off" -> OFF;
                default ->
                    throw new IllegalArgumentException(
                            "harness.load.spans is \"" + setting + "\"; it must be on or off.");
            };
        }
    }

    /**
     * What is called.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Operation {
        /**
         * Does it once.
         *
         * @param thread which of the threads calls, from 0
         * @throws Throwable when it failed; that is counted, and the load goes on
         */
        void run(int thread) throws Throwable;
    }
}
