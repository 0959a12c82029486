package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Asks for the value of a fixture, which all tests of a scope share: in a parameter of a test, of a lifecycle method or of a test
 * class's constructor, in a field of a test class, or in a parameter of another fixture's constructor.
 *
 * <p>The fixture is created when the first test that runs needs it, and not at all if none does. What one test needs is created
 * beside each other. When creating it fails, every test that needs it fails with that cause, and no other test does; when an
 * assumption fails there, these tests are aborted.
 *
 * <p>The fixture's class has one constructor, whose parameters, if any, are shared fixtures too: of the same scope or of a wider
 * one.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD})
@ExtendWith(SharedFixtureExtension.class)
public @interface SharedFixture {
    /** Returns the fixture. */
    Class<? extends Fixture<?>> value();

    /** Returns who shares it. */
    Scope scope() default Scope.RUN;

    /**
     * Returns true when the JVMs of a run share it ({@code forkCount} of Surefire): the first one creates it, and the last one closes
     * it, whichever that is. The scope must be {@link Scope#RUN}, and the value serializable: a description of something that lives
     * outside these JVMs, such as a record of a host and a port.
     */
    boolean acrossForks() default false;

    /** Returns how long to wait while another thread creates it: a whole number and {@code ms}, {@code s}, {@code m} or {@code h}. */
    String timeout() default "60s";
}
