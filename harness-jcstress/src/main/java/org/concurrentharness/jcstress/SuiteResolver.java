package org.concurrentharness.jcstress;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
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

    /** Classes whose nested ones are there already, whatever the filter says of their own names. */
    private final Set<Class<?>> nests = new HashSet<>();

    SuiteResolver(SuiteLists lists, Predicate<String> classNames) {
        this.lists = lists;
        this.classNames = classNames;
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        Class<?> type = selector.getJavaClass();
        return nests.contains(type) || classNames.test(type.getName())
                ? resolve(type, context)
                : Resolution.unresolved();
    }

    /** Whatever its name: builds leave out names of nested classes, so that these are found with the classes around them. */
    @Override
    public Resolution resolve(NestedClassSelector selector, Context context) {
        return resolve(selector.getNestedClass(), context);
    }

    private Resolution resolve(Class<?> type, Context context) {
        Set<DiscoverySelector> nested = new LinkedHashSet<>();
        for (Class<?> member : membersOf(type)) {
            nested.add(DiscoverySelectors.selectNestedClass(List.of(type), member));
        }
        Optional<? extends TestDescriptor> found = add(type, context);
        if (found.isEmpty() && nested.isEmpty()) {
            return Resolution.unresolved();
        }
        if (found.isEmpty() && outermost(type) == type) {
            found = context.addToParent(parent ->
                    Optional.of(new NestContainer(parent.getUniqueId().append(CLASS, type.getName()), type)));
        }
        return found.map(container -> Resolution.match(Match.exact(container, () -> nested)))
                .orElseGet(() -> Resolution.selectors(nested));
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type : outermost(enclosing);
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
        UniqueId.Segment last = segments.get(segments.size() - 1);
        boolean isClass = last.getType().equals(CLASS);
        String name = (isClass ? last : segments.get(segments.size() - 2)).getValue();
        if (isClass && segments.size() == 2) {
            return ReflectionSupport.tryToLoadClass(name)
                    .toOptional()
                    .map(type -> resolve(type, context))
                    .orElse(Resolution.unresolved());
        }
        return ReflectionSupport.tryToLoadClass(name)
                .toOptional()
                .flatMap(type -> add(type, context))
                .map(suite -> Resolution.match(Match.exact(suite)))
                .orElse(Resolution.unresolved());
    }

    private Optional<SuiteContainer> add(Class<?> type, Context context) {
        if (!lists.isSuite(type)) {
            return Optional.empty();
        }
        Function<TestDescriptor, Optional<SuiteContainer>> create = parent -> Optional.of(
                new SuiteContainer(parent.getUniqueId().append(CLASS, type.getName()), type, lists.info(type)));
        Class<?> outermost = outermost(type);
        if (lists.isSuite(outermost)) {
            return context.addToParent(create);
        }
        nests.add(outermost);
        return context.addToParent(() -> DiscoverySelectors.selectClass(outermost), create);
    }
}
