package org.concurrentharness.load;

import java.util.function.Predicate;

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

    private Load(String name, Operation operation, LoadOptions options, Predicate<? super Throwable> ending) {
        this.name = name;
        this.operation = operation;
        this.options = options;
        this.ending = ending;
    }

    /**
     * Returns a load that calls an operation.
     *
     * @param name what reports call it
     * @param operation what is called, from several threads at once
     */
    public static Load of(String name, Operation operation) {
        return new Load(name, operation, LoadOptions.defaults(), thrown -> false);
    }

    /** Returns this load with other options. */
    public Load options(LoadOptions value) {
        return new Load(name, operation, value, ending);
    }

    /**
     * Returns this load with exceptions that are no failure of an operation, but end the load: the first one is thrown by {@link #run}.
     * An assumption that does not hold is such.
     */
    public Load endedBy(Predicate<? super Throwable> value) {
        return new Load(name, operation, options, value);
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
