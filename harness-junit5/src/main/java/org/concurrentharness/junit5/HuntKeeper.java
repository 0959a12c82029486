package org.concurrentharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.concurrentharness.fixture.Scope;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/**
 * Keeps fixtures for a hunt on real threads: those of the run where JUnit Jupiter's tests have them too, those of groups and classes
 * for the hunt, since Jupiter's are not there before or after its own tests.
 */
final class HuntKeeper implements FixtureKeeper, AutoCloseable {
    /** Where the extension's fixtures are, in the words of the platform. */
    private static final Namespace NAMESPACE = Namespace.create(SharedFixture.class);

    private final ExecutionRequest request;
    private final Class<?> type;
    private final Map<Object, Fixtures.Shared> own = new HashMap<>();

    HuntKeeper(ExecutionRequest request, Class<?> type) {
        this.request = request;
        this.type = type;
    }

    @Override
    @SuppressWarnings("deprecation") // in 6; its successor is not there in 5.14
    public Fixtures.Shared keep(Scope scope, Object key, Supplier<Fixtures.Shared> made) {
        if (scope != Scope.RUN) {
            synchronized (own) {
                return own.computeIfAbsent(List.of(scope, key), k -> made.get());
            }
        }
        NamespacedHierarchicalStore<Namespace> store = request.getStore();
        NamespacedHierarchicalStore<Namespace> session = store.getParent().orElse(store);
        return Objects.requireNonNull(
                session.getOrComputeIfAbsent(NAMESPACE, key, k -> made.get(), Fixtures.Shared.class));
    }

    @Override
    public Fixtures.Shared keepOfGroup(Class<?> fixture, String group, Function<String, Fixtures.Shared> made) {
        return keep(Scope.GROUP, group, () -> made.apply(group));
    }

    @Override
    public Optional<String> parameter(String key) {
        return request.getConfigurationParameters().get(key);
    }

    @Override
    public Class<?> outermostClass() {
        return Hunt.types(type).get(0);
    }

    @Override
    public FixtureKeeper ofOutermostClass() {
        return this;
    }

    @Override
    public List<AnnotatedElement> elements() {
        List<AnnotatedElement> elements = new ArrayList<>(Hunt.types(type));
        Collections.reverse(elements);
        return elements;
    }

    /** Closes what was kept for the hunt. */
    @Override
    public void close() {
        RuntimeException first = null;
        for (Fixtures.Shared each : own.values()) {
            try {
                each.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
