package org.concurrentharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Keeps fixtures in JUnit Jupiter's stores.
 *
 * @param context of the test or class that asks
 * @param namespace where in the stores
 */
record ContextKeeper(ExtensionContext context, Namespace namespace) implements FixtureKeeper {
    /** The store's creators only make an empty store, so that what is told about creators that wait does not concern them. */
    @Override
    @SuppressWarnings("deprecation") // its successor is not there in 5.14
    public Fixtures.Shared keep(Scope scope, Object key, Supplier<Fixtures.Shared> made) {
        Store store = switch (scope) {
            case RUN -> context.getStore(StoreScope.LAUNCHER_SESSION, namespace);
            case GROUP -> context.getRoot().getStore(namespace);
            case CLASS -> outermost().getStore(namespace);
        };
        return Objects.requireNonNull(store.getOrComputeIfAbsent(key, k -> made.get(), Fixtures.Shared.class));
    }

    @Override
    public Fixtures.Shared keepOfGroup(Class<?> type, String group, Function<String, Fixtures.Shared> made) {
        Optional<GroupFixtures.Owner> owner = GroupFixtures.owner(context, type, group);
        String name = owner.map(GroupFixtures.Owner::name).orElse(group);
        Fixtures.Shared kept = keep(Scope.GROUP, name, () -> made.apply(name));
        owner.ifPresent(each -> each.keep(kept));
        return kept;
    }

    @Override
    public Optional<String> parameter(String key) {
        return context.getConfigurationParameter(key);
    }

    @Override
    public Class<?> outermostClass() {
        return outermost().getRequiredTestClass();
    }

    @Override
    public FixtureKeeper ofOutermostClass() {
        return new ContextKeeper(outermost(), namespace);
    }

    @Override
    public List<AnnotatedElement> elements() {
        List<AnnotatedElement> elements = new ArrayList<>();
        for (ExtensionContext each = context;
                each.getElement().isPresent();
                each = each.getParent().orElseThrow()) {
            elements.add(each.getElement().get());
        }
        return elements;
    }

    private ExtensionContext outermost() {
        ExtensionContext outermost = context;
        for (ExtensionContext each = context;
                each.getTestClass().isPresent();
                each = each.getParent().orElseThrow()) {
            outermost = each;
        }
        return outermost;
    }
}
