package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks data races that are known and wanted: they neither make a test fail nor are reported. What races stays a scheduling
 * point, so that a test still sees what the race does to its outcome.
 *
 * <p>On a field, races on this field. On a class, races on any of its fields, and on array elements and collections that its code
 * accesses. On a {@link ConcurrentTest} method, the races that {@link #of} names, or all that this test finds. An annotation that excludes nothing is told in the
 * result's notes.
 *
 * <p>Code that should not depend on this module may declare an annotation of the same simple name, kept at run time: the name
 * alone counts.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE, ElementType.METHOD})
public @interface BenignRace {
    /** Returns why the race does no harm: what the reader may see, and why that is good enough. */
    String value() default "";

    /**
     * Returns, on a test, which races are tolerated, such as those inside a library: full names of fields, of classes for all their
     * fields, or of methods for what they access; {@code *} stands for any characters. None stands for all races of the test.
     */
    String[] of() default {};
}
