package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.junit5.order.OrderExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Puts a test, or all tests of a class, into a group. Tests of a group, in whatever classes, share its
 * {@linkplain org.concurrentharness.fixture.Scope#GROUP fixtures}, and others can {@linkplain DependsOn depend} on all of them.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(TestGroup.List.class)
@ExtendWith(OrderExtension.class)
public @interface TestGroup {
    /** Returns the name of the group. */
    String value();

    /**
     * Returns the groups that this group is a part of, for all its tests, wherever it is said: what depends on one of those depends
     * on this one too.
     */
    String[] in() default {};

    /** Several groups. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface List {
        /** Returns the groups. */
        TestGroup[] value();
    }
}
