package org.concurrentharness.linearizability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as an operation of a data structure, to be called from several threads at once: see {@link Linearizability}.
 *
 * <p>Parameters need a {@link Range} or {@link Values}; booleans and enums take all their values without. What the method returns,
 * or the type of the exception that it throws, is its result.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
    /** Returns true when a scenario calls the operation at most once, as for {@code close()}. */
    boolean once() default false;
}
