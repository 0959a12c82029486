package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.LeakedThreads;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Timeouts;

/**
 * Looks for tests of a class that interfere when they run beside each other: takes its {@code @Test} methods two at a time, each also
 * beside itself, runs the two in threads of their own under many interleavings, and fails with the shortest one in which two tests
 * that pass alone do not pass together: by an exception, a failed assertion, a data race or a deadlock.
 *
 * <p>Each combination is a test of its own, named {@code deposits() beside withdraws()}, of the test engine {@code harness-race-hunt}.
 * The class's tests run as ordinary tests of JUnit Jupiter as well, and those of subclasses and nested classes are hunted when these
 * are annotated or inherit the annotation.
 *
 * <p>Each execution creates what the tests ask for by {@link SharedFixture} anew, in the campaign's own copies of the classes, and
 * closes it at its end. Each test has an instance of its own, as in JUnit, with its {@code @BeforeEach} and {@code @AfterEach} methods
 * in its own thread; with {@code Lifecycle.PER_CLASS} all share one instance. {@code @BeforeAll} and {@code @AfterAll} methods run once
 * around the campaign, or, where the class has fixtures for them, in each execution. Parameters may be shared fixtures and
 * {@code TestInfo}; other extensions take no part.
 *
 * <p>Every test runs alone first: once, or in a campaign if it starts threads. One that fails then is reported as such, and none of its combinations is run. Left out are
 * disabled and conditional tests, those that are not plain {@code @Test} methods, and combinations that {@code @ResourceLock} keeps
 * apart.
 *
 * <p>With {@link Fidelity#STRESS} the combinations are repeated on real threads instead, and only the budget, the
 * timeout, the seed and what chooses the combinations count.
 *
 * <p>The {@code harness.*} parameters win over the members, as for {@link ConcurrentTest}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RaceHunt {
    /** Returns how many tests run beside each other, from 2 to 8. */
    int together() default 2;

    /** Returns the names of the test methods to combine; none stands for all. */
    String[] tests() default {};

    /** Returns how combinations are run: explored over fresh fixtures, or on real threads over the fixtures that all tests share. */
    Fidelity fidelity() default Fidelity.EXPLORE;

    /** Returns the budget: how many schedules of each combination are run at most, or how many rounds. */
    int executions() default 1_000;

    /**
     * Returns the budget in time of all combinations together, of which each gets an equal share of what the others left: a whole
     * number and {@code ms}, {@code s}, {@code m} or {@code h}.
     */
    String budget() default "60s";

    /** Returns how long a round of real threads may take before it counts as hung. */
    String timeout() default "10s";

    /** Returns who chooses the schedules. */
    Search strategy() default Search.AUTO;

    /** Returns the seed of every random choice; 0 chooses one afresh. The seed is always printed. */
    long seed() default 0;

    /** Returns the replay token of a failure: just that schedule of that combination is run. */
    String replay() default "";

    /** Returns what to make of data races. */
    DataRaces dataRaces() default DataRaces.FAIL;

    /** Returns when timed waits may end. */
    Timeouts timeouts() default Timeouts.WHEN_IDLE;

    /** Returns what to make of threads that outlive an execution. */
    LeakedThreads leakedThreads() default LeakedThreads.REPORT;

    /** Returns the bound on scheduling points of one execution. */
    int maxSteps() default 20_000;

    /** Returns the bound on preemptive switches of one execution, -1 for none. */
    int preemptions() default -1;

    /** Returns the packages to explore inside that normally are not: packages of the JDK, logging libraries. */
    String[] inside() default {};

    /** Returns true for a fresh class loader for each execution, for tests of static state. */
    boolean isolate() default false;

    /** Returns true when {@code Object.wait} may return without a reason. */
    boolean spuriousWakeups() default false;
}
