package org.concurrentharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.concurrentharness.fixture.Scope;

/** Who asks for fixtures, and where these are kept until their scope ends. */
interface FixtureKeeper {
    /** Returns what is kept for a scope under a key, which is made if it is not there and closed when the scope ends. */
    Fixtures.Shared keep(Scope scope, Object key, Supplier<Fixtures.Shared> made);

    /**
     * Returns what is kept for the group that a fixture belongs to.
     *
     * @param type the fixture
     * @param group the group of the test that asks for it, which may be a part of that group
     * @param made makes what is kept, by the name of the group
     */
    Fixtures.Shared keepOfGroup(Class<?> type, String group, Function<String, Fixtures.Shared> made);

    /** Returns what is set for the run. */
    Optional<String> parameter(String key);

    /** Returns the outermost of the classes that the asking test is in. */
    Class<?> outermostClass();

    /** Returns this keeper as all tests of the outermost class see it. */
    FixtureKeeper ofOutermostClass();

    /** Returns the test and its classes, innermost first. */
    List<AnnotatedElement> elements();
}
