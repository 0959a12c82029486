package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a test, or all tests of a class, into a group. Tests of a group, in whatever classes, share its
 * {@linkplain org.concurrentharness.fixture.Scope#GROUP fixtures}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(TestGroup.List.class)
public @interface TestGroup {
    /** Returns the name of the group. */
    String value();

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
