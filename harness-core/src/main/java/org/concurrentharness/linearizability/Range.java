package org.concurrentharness.linearizability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the values of an integral parameter of an {@link Operation}. Few values make threads meet: a small range finds more.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Range {
    /** Returns the least value. */
    long from();

    /** Returns the greatest value. */
    long to();
}
