package org.concurrentharness.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign explores, as an integration presents it: {@link Explorer} for a lambda, the JUnit extension for a test method,
 * another framework's adapter for whatever it calls a test.
 *
 * <p>A campaign calls {@link #execution()} before each execution on its own thread, which is not managed, and then
 * {@link Body#run()} on managed thread 0. What a body reaches through {@link #loader()} is controlled; what it reaches by
 * classes of other loaders is opaque: no preemption until the call returns. Calls to an implementation never overlap.
 *
 * @since 0.1
 */
public interface Program {
    /** Returns the name of the test as reports show it. */
    String name();

    /**
     * Prepares one execution; with {@code isolate} in a fresh class loader. May be asked again before the last has run.
     *
     * @throws Throwable when no execution can be prepared; the campaign ends with it
     */
    Body execution() throws Throwable;

    /** Returns the class loader of the next execution's body, its context class loader. */
    ClassLoader loader();

    /** Returns which data races of the test are known and wanted, as {@link Options#ignoreRaces} takes them. */
    default List<String> toleratedRaces() {
        return List.of();
    }

    /** Returns the directory for reports as {@code harness.report.dir} sets it, or an empty text for the usual one. */
    default String reportDirectory() {
        return System.getProperty("harness.report.dir", "");
    }

    /**
     * Returns whether the campaign is to be told about. When false it says what failed first and ends: the failure is not
     * replayed, shrunk or published, and no files are written. For integrations that run many campaigns on the way to one report.
     */
    default boolean reported() {
        return true;
    }

    /**
     * Returns what a report tells beside the failure, a line each: what was generated, what the last execution returned. Asked
     * after the execution that the report shows.
     */
    default List<String> description() {
        return List.of();
    }

    /**
     * Returns the replay token to print: {@code token}, which replays the schedule in this very program, or one that says which
     * program it was as well.
     */
    default String token(String token) {
        return token;
    }

    /**
     * One execution's body.
     *
     * @since 0.1
     */
    @FunctionalInterface
    interface Body {
        /** Runs the body and returns its outcome, null for none. */
        @Nullable
        Object run() throws Throwable;
    }
}
