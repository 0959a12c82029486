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
import org.concurrentharness.linearizability.Linearizability;
import org.concurrentharness.linearizability.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method one JUnit test that checks whether the {@link Operation} methods of its class are linearizable, see
 * {@link Linearizability}: the harness makes up scenarios of threads that call them, and explores each under many schedules.
 *
 * <p>Each execution gets a fresh instance of the campaign's own copy of the test class: constructor, {@code @BeforeEach} methods,
 * operations, then the annotated method, which may check an invariant of the structure at rest, and {@code @AfterEach} methods. None
 * of these may have parameters, and the class has no {@code @BeforeAll} or {@code @AfterAll} methods.
 *
 * <p>The {@code harness.*} parameters win over the members, as for {@link ConcurrentTest}. Budgets are for all scenarios together.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(LinearizabilityTestExtension.class)
public @interface LinearizabilityTest {
    /** Returns how many threads a scenario has at most. */
    int threads() default 2;

    /** Returns how many operations a thread calls at most. */
    int operations() default 3;

    /** Returns how many operations are called before the threads start at most. */
    int initialOperations() default 2;

    /** Returns how many operations are called when the threads have ended at most. */
    int finalOperations() default 1;

    /** Returns how many scenarios there are at most. */
    int scenarios() default 300;

    /** Returns the class that says what operations return one after the other; {@code void.class} stands for the test class itself. */
    Class<?> specification() default void.class;

    /** Returns the budget: how many schedules are run at most, of all scenarios together. */
    int executions() default 10_000;

    /** Returns the budget in time: a whole number and {@code ms}, {@code s}, {@code m} or {@code h}. */
    String budget() default "10s";

    /** Returns who chooses the schedules. */
    Search strategy() default Search.AUTO;

    /** Returns the seed of scenarios and schedules; 0 chooses one afresh. The seed is always printed. */
    long seed() default 0;

    /** Returns the replay token of a failure: just that schedule of that scenario is run. */
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

    /** Returns true when {@code Object.wait} may return without a reason. */
    boolean spuriousWakeups() default false;
}
