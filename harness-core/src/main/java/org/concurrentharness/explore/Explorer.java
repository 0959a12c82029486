package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * Explores the schedules of a piece of code, without a test framework.
 *
 * <pre>{@code
 * Explorer.check(() -> {
 *     Account account = new Account(100);
 *     Thread other = new Thread(() -> account.withdraw(60));
 *     other.start();
 *     account.withdraw(60);
 *     other.join();
 *     assertThat(account.balance()).isNotNegative();
 * });
 * }</pre>
 *
 * <p>The body runs once for each execution, in the campaign's own class loader: it works on the campaign's copies of the classes
 * of the application, and static state outside the campaign is neither seen nor changed. What a lambda captures is taken in:
 * strings, numbers and enum constants as they are, serializable objects as a copy made afresh for each execution, the enclosing
 * {@code this} made anew by its constructor without arguments. What cannot be taken in is refused before the campaign begins.
 *
 * <p>System properties named {@code harness.*} win over the options, see {@link Settings}. One campaign runs at a time in a JVM;
 * others wait for their turn. All methods may be called from any thread that is not managed.
 *
 * @since 0.1
 */
public final class Explorer {
    private Explorer() {}

    /** Explores the body with the default options. */
    public static Exploration explore(ExplorationBody body) {
        return explore(Options.defaults(), body);
    }

    /**
     * Explores the body.
     *
     * @throws IllegalArgumentException when the body captures what cannot be taken into the campaign
     */
    public static Exploration explore(Options options, ExplorationBody body) {
        Settings settings = Settings.ofSystemProperties();
        Options set = settings.over(options);
        return run(set, settings, BodyTransfer.of(body, shared(set, settings)));
    }

    /** Explores the body with the default options and counts its outcomes. */
    public static <T extends @Nullable Object> Exploration explore(ExplorationCall<T> body) {
        return explore(Options.defaults(), body);
    }

    /**
     * Explores the body and counts its outcomes by their text. With more than one thread the outcome is the list of theirs.
     *
     * @throws IllegalArgumentException when the body captures what cannot be taken into the campaign
     */
    public static <T extends @Nullable Object> Exploration explore(Options options, ExplorationCall<T> body) {
        Settings settings = Settings.ofSystemProperties();
        Options set = settings.over(options);
        return run(set, settings, BodyTransfer.of(body, shared(set, settings)));
    }

    /**
     * Explores a program with the options as they stand: what integrations call, after {@link Settings#over}. The program itself
     * sees to {@code threads} and {@code isolate}.
     */
    public static Exploration explore(Options options, Program program) {
        return Campaign.run(options, program);
    }

    /**
     * Explores the body with the default options.
     *
     * @throws ConcurrencyFailure when a schedule fails
     */
    public static void check(ExplorationBody body) {
        check(Options.defaults(), body);
    }

    /**
     * Explores the body.
     *
     * @throws ConcurrencyFailure when a schedule fails
     */
    public static void check(Options options, ExplorationBody body) {
        explore(options, body).orThrow();
    }

    /**
     * Runs the body under the schedule that the token stands for.
     *
     * @throws IllegalArgumentException as {@link #replay(String, Options, ExplorationBody)}
     */
    public static Exploration replay(String token, ExplorationBody body) {
        return replay(token, Options.defaults(), body);
    }

    /**
     * Runs the body under the schedule that the token stands for.
     *
     * @throws IllegalArgumentException when the token is empty; one that is wrong in another way makes the body fail with the reason
     */
    public static Exploration replay(String token, Options options, ExplorationBody body) {
        ReplayToken.requireText(token);
        Settings settings = Settings.ofSystemProperties();
        Options set = settings.over(options).replay(token);
        return run(set, settings, BodyTransfer.of(body, shared(set, settings)));
    }

    private static SharedPackages shared(Options options, Settings settings) {
        return new SharedPackages(settings.shared(), options.inside());
    }

    private static Exploration run(Options options, Settings settings, BodyTransfer body) {
        return explore(options, new BodyProgram(body, options, settings.shared()));
    }
}
