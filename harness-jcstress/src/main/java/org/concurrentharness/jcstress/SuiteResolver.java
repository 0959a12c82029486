package org.concurrentharness.jcstress;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Finds test classes by whatever selects them; a class brings those nested in it along. */
final class SuiteResolver implements SelectorResolver {
    /** The types of the segments of unique ids. */
    static final String CLASS = "class";

    static final String METHOD = "method";

    private final SuiteLists lists;
    private final Predicate<String> classNames;

    SuiteResolver(SuiteLists lists, Predicate<String> classNames) {
        this.lists = lists;
        this.classNames = classNames;
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        return resolve(selector.getJavaClass(), context);
    }

    @Override
    public Resolution resolve(NestedClassSelector selector, Context context) {
        return resolve(selector.getNestedClass(), context);
    }

    private Resolution resolve(Class<?> type, Context context) {
        if (!classNames.test(type.getName())) {
            return Resolution.unresolved();
        }
        Set<DiscoverySelector> nested = new LinkedHashSet<>();
        for (Class<?> member : membersOf(type)) {
            nested.add(DiscoverySelectors.selectClass(member));
        }
        return add(type, context)
                .map(suite -> Resolution.match(Match.exact(suite, () -> nested)))
                .orElse(nested.isEmpty() ? Resolution.unresolved() : Resolution.selectors(nested));
    }

    /** Returns classes that are tests, or may have tests in them. */
    private List<Class<?>> membersOf(Class<?> type) {
        try {
            return List.of(type.getDeclaredClasses()).stream()
                    .filter(member ->
                            lists.isSuite(member) || !membersOf(member).isEmpty())
                    .toList();
        } catch (LinkageError e) {
            return List.of(); // not a class of ours, or it would not have been compiled
        }
    }

    @Override
    public Resolution resolve(MethodSelector selector, Context context) {
        return resolve(selector.getJavaClass(), selector.getMethodName(), context);
    }

    @Override
    public Resolution resolve(NestedMethodSelector selector, Context context) {
        return resolve(selector.getNestedClass(), selector.getMethodName(), context);
    }

    /** Any method of a test selects it: an actor alone cannot run. */
    private Resolution resolve(Class<?> type, String method, Context context) {
        return method.isEmpty()
                ? Resolution.unresolved()
                : add(type, context)
                        .map(suite -> Resolution.match(Match.exact(suite)))
                        .orElse(Resolution.unresolved());
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        List<UniqueId.Segment> segments = selector.getUniqueId().getSegments();
        if (segments.size() < 2
                || !segments.get(0).getValue().equals(JcstressEngine.ID)
                || !segments.get(1).getType().equals(CLASS)) {
            return Resolution.unresolved();
        }
        return ReflectionSupport.tryToLoadClass(segments.get(1).getValue())
                .toOptional()
                .flatMap(type -> add(type, context))
                .map(suite -> Resolution.match(Match.exact(suite)))
                .orElse(Resolution.unresolved());
    }

    private Optional<SuiteContainer> add(Class<?> type, Context context) {
        return lists.isSuite(type)
                ? context.addToParent(parent -> Optional.of(
                        new SuiteContainer(parent.getUniqueId().append(CLASS, type.getName()), type, lists.info(type))))
                : Optional.empty();
    }
}
