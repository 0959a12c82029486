package org.concurrentharness.junit5;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.FixtureStore;
import org.concurrentharness.fixture.ForkedFixture;
import org.concurrentharness.fixture.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/** A fixture that is itself made when it is to create its value, after all that its constructor asks for. */
final class MadeFixture implements Fixture<Object> {
    private final Fixtures fixtures;
    private final Class<? extends Fixture<?>> type;
    private final Scope scope;

    /** Where the JVMs that share it find it, if they do. */
    private final Optional<Path> forks;

    private final Duration timeout;

    /** Written before the value is published, and read only when the value is closed. */
    private @Nullable Fixture<Object> made;

    MadeFixture(
            Fixtures fixtures, Class<? extends Fixture<?>> type, Scope scope, Optional<Path> forks, Duration timeout) {
        this.fixtures = fixtures;
        this.type = type;
        this.scope = scope;
        this.forks = forks;
        this.timeout = timeout;
    }

    @Override
    public Object create() throws Exception {
        Fixture<Object> own = make();
        Fixture<Object> fixture = forks.<Fixture<Object>>map(
                        directory -> new ForkedFixture<>(type.getName(), directory, timeout, own))
                .orElse(own);
        made = fixture;
        return fixture.create();
    }

    @Override
    public void close(Object value) throws Exception {
        if (made != null) {
            made.close(value);
        }
    }

    @SuppressWarnings("unchecked") // close is given what create returned
    private Fixture<Object> make() throws Exception {
        Constructor<?> constructor = constructor(type);
        List<FixtureStore.Need> needs = needs(constructor);
        FixtureStore.awaitAll(needs);
        List<Object> arguments = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            arguments.add(Fixtures.value(needs.get(i), constructor.getParameterTypes()[i]));
        }
        constructor.setAccessible(true);
        try {
            return (Fixture<Object>) constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private List<FixtureStore.Need> needs(Constructor<?> constructor) {
        Fixtures visible = fixtures.of(scope);
        List<FixtureStore.Need> needs = new ArrayList<>();
        for (int i = 0; i < constructor.getParameterCount(); i++) {
            String place = Fixtures.place(constructor, i);
            needs.add(visible.need(new AskedFixtures.Ask(asked(type, scope, constructor, i), place)));
        }
        return needs;
    }

    /** Returns the only constructor of a fixture. */
    static Constructor<?> constructor(Class<?> type) {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (Modifier.isAbstract(type.getModifiers()) || Misuse.isInner(type) || constructors.length != 1) {
            throw Misuse.failure("Fixture " + type.getName()
                    + " cannot be made: it must be a class with one constructor, neither abstract nor inner.");
        }
        return constructors[0];
    }

    /** Returns what a parameter of a fixture's constructor asks for. */
    static SharedFixture asked(Class<?> type, Scope scope, Constructor<?> constructor, int parameter) {
        String place = Fixtures.place(constructor, parameter);
        SharedFixture asked = AnnotationSupport.findAnnotation(
                        constructor.getParameters()[parameter], SharedFixture.class)
                .orElseThrow(() -> Misuse.failure("Fixture " + type.getName() + ": " + place
                        + " must be a @SharedFixture, since nobody else gives it a value."));
        if (asked.scope().compareTo(scope) > 0) {
            throw Misuse.failure("Fixture " + type.getName() + " with scope " + scope + " needs "
                    + asked.value().getName() + " with scope " + asked.scope() + ", which ends before it does ("
                    + place + ").");
        }
        return asked;
    }
}
