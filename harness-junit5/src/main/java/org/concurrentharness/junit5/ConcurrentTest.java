package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.explore.DataRaces;
import org.concurrentharness.explore.LeakedThreads;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method one JUnit test that runs under many thread interleavings, each chosen by the harness, and fails with the
 * shortest one that breaks it.
 *
 * <p>Each execution gets a fresh instance of the campaign's own copy of the test class: constructor, {@code @BeforeEach}
 * methods, {@link Actor} methods together, the annotated method, {@code @AfterEach} methods. JUnit's own instance is made, but
 * none of its methods runs. {@code @BeforeAll} and {@code @AfterAll} methods run once around the campaign in its copy, besides
 * the run that JUnit gives them for the class. Callbacks of other extensions run once around the campaign, on JUnit's instance.
 *
 * <p>A method must not be private, static or abstract, must return void, and must not be a {@code @Test} or another kind of test
 * as well. Parameters that are {@link ThreadIndex} or that JUnit resolves to objects of the JDK or of shared libraries are
 * passed.
 *
 * <p>Every member can be set for a run, and then wins over the annotation, by a JUnit configuration parameter or a system
 * property: {@code harness.executions}, {@code harness.budget} and so on.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(ConcurrentTestExtension.class)
public @interface ConcurrentTest {
    /** Returns how many managed threads run the method together; with 1 it starts its own. */
    int threads() default 1;

    /** Returns the budget: how many schedules are run at most. */
    int executions() default 1_000;

    /** Returns the budget in time: a whole number and {@code ms}, {@code s}, {@code m} or {@code h}. */
    String budget() default "10s";

    /** Returns who chooses the schedules. */
    Search strategy() default Search.AUTO;

    /** Returns the seed of every random choice; 0 chooses one afresh. The seed is always printed. */
    long seed() default 0;

    /** Returns the replay token of a failure: just that schedule is run. */
    String replay() default "";

    /** Returns what to make of data races. */
    DataRaces dataRaces() default DataRaces.FAIL;

    /** Returns when timed waits may end. */
    Timeouts timeouts() default Timeouts.WHEN_IDLE;

    /** Returns what to make of threads that outlive the body. */
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
