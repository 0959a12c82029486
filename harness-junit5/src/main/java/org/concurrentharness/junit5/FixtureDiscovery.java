package org.concurrentharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * Reads which fixtures the tests of a run need, and those that these need in turn, and refuses what can never be created: fixtures
 * that need each other, classes that cannot be made, impossible scopes and timeouts. Creates nothing.
 *
 * @since 0.1
 */
public final class FixtureDiscovery extends Discovery {
    /** For the service loader. */
    public FixtureDiscovery() {
        super("fixtures");
    }

    @Override
    protected List<Fault> read(TestDescriptor root, ConfigurationParameters parameters) {
        Reader reader = new Reader();
        reader.read(root, List.of());
        return List.copyOf(reader.faults.values());
    }

    private static final class Reader {
        /** By their messages: what is wrong with a fixture is told once, however many tests need it. */
        final Map<String, Fault> faults = new LinkedHashMap<>();

        private final Set<Key> visited = new HashSet<>();

        /** The fixtures that are being visited, each asked for by the one before it, and where. */
        private final Map<Key, String> path = new LinkedHashMap<>();

        private String className = "";
        private String method = "";

        /** What identifies a fixture: one that is asked for in another scope is another one. */
        private record Key(Class<?> type, Scope scope) {}

        /** @param outer the test's classes, innermost first */
        void read(TestDescriptor descriptor, List<AnnotatedElement> outer) {
            List<AnnotatedElement> elements = outer;
            TestSource source = descriptor.getSource().orElse(null);
            if (source instanceof MethodSource of) {
                Class<?> type = of.getJavaClass();
                Method test = of.getJavaMethod();
                elements = with(test, outer);
                if (!isDisabled(test)) {
                    check(type, test.getName(), AskedFixtures.of(type).of(test), elements);
                }
            } else if (source instanceof ClassSource of) {
                Class<?> type = of.getJavaClass();
                if (isDisabled(type)) {
                    return;
                }
                elements = with(type, outer);
                check(type, "", AskedFixtures.of(type).ofClass().stream(), elements);
            }
            for (TestDescriptor child : descriptor.getChildren()) {
                read(child, elements);
            }
        }

        private static List<AnnotatedElement> with(AnnotatedElement inner, List<AnnotatedElement> outer) {
            List<AnnotatedElement> elements = new ArrayList<>(List.of(inner));
            elements.addAll(outer);
            return elements;
        }

        private static boolean isDisabled(AnnotatedElement element) {
            return AnnotationSupport.isAnnotated(element, Disabled.class);
        }

        private void check(
                Class<?> type, String test, Stream<AskedFixtures.Ask> asks, List<AnnotatedElement> elements) {
            className = type.getName();
            method = test;
            asks.forEach(ask -> {
                refusing(() -> Fixtures.check(ask));
                if (ask.fixture().scope() == Scope.GROUP) {
                    refusing(() -> Fixtures.group(elements, ask.place()));
                }
                visit(ask);
            });
        }

        private void visit(AskedFixtures.Ask ask) {
            Class<?> type = ask.fixture().value();
            Scope scope = ask.fixture().scope();
            Key key = new Key(type, scope);
            if (path.containsKey(key)) {
                fault(cycle(key, ask.place()));
            } else if (visited.add(key)) {
                path.put(key, ask.place());
                refusing(() -> {
                    Constructor<?> constructor = MadeFixture.constructor(type);
                    for (int i = 0; i < constructor.getParameterCount(); i++) {
                        SharedFixture asked = MadeFixture.asked(type, scope, constructor, i);
                        AskedFixtures.Ask next = new AskedFixtures.Ask(asked, Fixtures.place(constructor, i));
                        refusing(() -> Fixtures.check(next));
                        visit(next);
                    }
                });
                path.remove(key);
            }
        }

        private String cycle(Key closing, String place) {
            List<Key> keys = path.keySet().stream()
                    .dropWhile(each -> !each.equals(closing))
                    .toList();
            List<String> places = new ArrayList<>();
            keys.stream().skip(1).forEach(each -> places.add(path.get(each)));
            places.add(place);
            return keys.stream().map(each -> each.type().getName()).collect(Collectors.joining(" → ")) + " → "
                    + closing.type().getName() + ": each of these fixtures needs the next one, so that none can be"
                    + " created first; remove " + String.join(", or ", places) + ".";
        }

        private void refusing(Runnable check) {
            try {
                check.run();
            } catch (JUnitException e) {
                fault(String.valueOf(e.getMessage()));
            }
        }

        private void fault(String message) {
            faults.putIfAbsent(message, new Fault(className, method, message));
        }
    }
}
