package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.stress.Expect;

/**
 * What is thought of outcomes of a {@link StressTest}, on its method. The first one that matches counts; outcomes that none matches
 * fail.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(Outcome.List.class)
public @interface Outcome {
    /**
     * Returns regular expressions for whole outcomes: what the actors return or put into their
     * {@link org.concurrentharness.stress.Outcomes}, in the order of the actors, separated by a comma and a space.
     */
    String[] id();

    /** Returns what is thought of them. */
    Expect expect() default Expect.ACCEPTABLE;

    /** Returns why. */
    String description() default "";

    /** Several expectations. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface List {
        /** Returns the expectations. */
        Outcome[] value();
    }
}
