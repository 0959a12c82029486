package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method run in a managed thread of its own, beside the class's other actors, in each execution of the class's
 * {@link ConcurrentTest} methods. Those run after all actors have ended, as arbiters that check the outcome.
 *
 * <p>The method must not be private, static or abstract and must return void. It may take a {@link ThreadIndex} and JUnit's
 * {@code TestInfo}. Inherited actors run too; those of enclosing classes do not.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Actor {
    /** Returns how many threads run the method. */
    int threads() default 1;
}
