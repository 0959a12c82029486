package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method one JUnit test that runs round after round on real threads, as they come: for code that a {@link ConcurrentTest} cannot
 * control, such as native code and sockets, and for what only real hardware does. See {@link org.concurrentharness.stress.Stress}.
 *
 * <p>Each round gets a fresh instance of the test class: constructor, {@code @BeforeEach} methods, {@link Actor} methods together, each
 * in a thread that plays the same part in every round, then the annotated method, which checks the outcome, and {@code @AfterEach}
 * methods. In a class without actors the method itself runs in all threads together. JUnit's own instance is made, but none of its
 * methods runs; {@code @BeforeAll} and {@code @AfterAll} methods, and the callbacks of other extensions, run once around all rounds.
 *
 * <p>What an actor returns, and what actors and the annotated method put into a parameter of type
 * {@link org.concurrentharness.stress.Outcomes}, makes the outcome of a round, of which {@link Outcome} says what is thought.
 *
 * <p>For a whole run {@code harness.seed}, {@code harness.stress.rounds} and {@code harness.stress.duration} win over the members, as
 * JUnit configuration parameters or system properties.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(StressTestExtension.class)
public @interface StressTest {
    /** Returns how many threads run the method together in a class without actors. */
    int threads() default 2;

    /** Returns how many rounds are run at most; 0 for no bound. */
    long rounds() default 0;

    /**
     * Returns how long rounds are started: a whole number and {@code ms}, {@code s}, {@code m} or {@code h}; when empty, 5 seconds or as
     * long as the rounds take.
     */
    String duration() default "";

    /** Returns how long a round may take before it counts as hung. */
    String timeout() default "10s";

    /** Returns by how much a thread of a skewed start is late at most; when empty, that depends on how long rounds take. */
    String maxSkew() default "";

    /** Returns the seed of skews and yields; 0 chooses one afresh. The seed is always told. */
    long seed() default 0;

    /** Returns true to stop with the first round that fails, false to find out how probable that is. */
    boolean stopAtFailure() default false;
}
