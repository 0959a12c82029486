package org.concurrentharness.junit5;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.FixtureStore;
import org.concurrentharness.fixture.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The fixtures that each execution of a campaign creates, in the thread that begins it, and closes. Made once for the copies of a
 * campaign; each fixture comes after all that it needs.
 */
final class FixturePlan {
    private final Map<Key, Integer> indices = new LinkedHashMap<>();
    private final List<HuntedCall> constructors = new ArrayList<>();
    private final List<SharedFixture> asked = new ArrayList<>();

    /** What is being added: a fixture is here while those that it needs are. */
    private final Set<Key> path = new LinkedHashSet<>();

    /** What identifies a fixture: one that is asked for in another scope is another one. */
    private record Key(Class<?> type, Scope scope) {}

    /** Returns the index of a fixture, which is added if it is new. */
    int need(SharedFixture wanted) throws ReflectiveOperationException {
        Key key = new Key(wanted.value(), wanted.scope());
        Integer known = indices.get(key);
        if (known != null) {
            return known;
        }
        if (!path.add(key)) {
            throw Misuse.failure("Fixtures need each other: "
                    + path.stream()
                            .dropWhile(each -> !each.equals(key))
                            .map(each -> each.type().getName())
                            .collect(Collectors.joining(" → "))
                    + " → " + wanted.value().getName() + ".");
        }
        Constructor<?> constructor = MadeFixture.constructor(wanted.value());
        for (int i = 0; i < constructor.getParameterCount(); i++) {
            MadeFixture.asked(wanted.value(), wanted.scope(), constructor, i);
        }
        HuntedCall call = HuntedCall.of(constructor, false, this, null);
        path.remove(key);
        indices.put(key, constructors.size());
        constructors.add(call);
        asked.add(wanted);
        return constructors.size() - 1;
    }

    /** Returns those fixtures that everybody shares, which nobody closes by these values. */
    Values existing(Fixtures fixtures) {
        Values values = new Values(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            SharedFixture each = asked.get(i);
            FixtureStore.Need need = fixtures.need(new AskedFixtures.Ask(each, "a hunt"));
            SharedFixtureExtension.awaitAll(List.of(need));
            values.values[i] = need.use();
        }
        return values;
    }

    /** Returns no values, of a plan without fixtures. */
    Values none() {
        return new Values(0);
    }

    /** Creates all fixtures. */
    Values create() throws Throwable {
        Values values = new Values(constructors.size());
        try {
            for (HuntedCall constructor : constructors) {
                values.add(constructor);
            }
        } catch (Throwable t) {
            throw Objects.requireNonNull(values.close(t));
        }
        return values;
    }

    /** The fixtures of one execution. Read by its threads, which start when all are there. */
    final class Values {
        private final Fixture<?>[] fixtures;
        private final Object[] values;
        private int created;

        private Values(int count) {
            fixtures = new Fixture<?>[count];
            values = new Object[count];
        }

        private void add(HuntedCall constructor) throws Throwable {
            Fixture<?> fixture = (Fixture<?>) Objects.requireNonNull(constructor.on(null, this));
            fixtures[created] = fixture;
            Object value = fixture.create();
            if (value == null) {
                throw new NullPointerException(fixture.getClass().getName() + ".create() returned null");
            }
            values[created++] = value;
        }

        /** Returns the value, which must be of the type that was asked for. */
        Object get(int index, Class<?> type, String place) {
            Object value = values[index];
            if (!type.isInstance(value)) {
                throw Misuse.failure("@SharedFixture, " + place + ", is a " + type.getName() + ", but "
                        + asked.get(index).value().getName() + " creates a "
                        + value.getClass().getName() + ".");
            }
            return value;
        }

        /** Closes all in reverse order. Returns what was thrown before, or what closing throws. */
        @Nullable
        Throwable close(@Nullable Throwable before) {
            Throwable thrown = before;
            while (created > 0) {
                created--;
                try {
                    close(fixtures[created], values[created]);
                } catch (Throwable t) {
                    thrown = CampaignTest.join(thrown, t);
                }
            }
            return thrown;
        }

        @SuppressWarnings("unchecked") // it is given what it created
        private static <T> void close(Fixture<T> fixture, Object value) throws Exception {
            fixture.close((T) value);
        }
    }
}
