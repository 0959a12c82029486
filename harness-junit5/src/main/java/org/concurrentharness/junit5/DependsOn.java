package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.junit5.order.OrderExtension;
import org.concurrentharness.order.IfFailed;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says what must have passed before a test, or any test of a class, starts. What does not depend on each other runs beside each
 * other as JUnit is told to.
 *
 * <p>A parameterized, repeated, dynamic or concurrent test counts as one, which has passed when all its invocations have; a class or a
 * group has passed when all its tests have.
 *
 * <p>What is not among the tests selected for a run counts as passed, and is named in a note; with {@code harness.order.missing=fail}
 * it fails the run.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(DependsOn.List.class)
@ExtendWith(OrderExtension.class)
public @interface DependsOn {
    /** Returns the {@linkplain TestGroup groups} whose tests must have passed. */
    String[] groups() default {};

    /**
     * Returns the tests that must have passed: the name of a method of this class, {@code "com.acme.OrdersTest#places"} for one of
     * another class, or {@code "com.acme.OrdersTest"} for all of them. A class of the same package needs no package.
     */
    String[] tests() default {};

    /** Returns what happens when one of them has failed, was aborted or is disabled. */
    IfFailed ifFailed() default IfFailed.SKIP;

    /** Several dependencies. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @ExtendWith(OrderExtension.class)
    @interface List {
        /** Returns the dependencies. */
        DependsOn[] value();
    }
}
