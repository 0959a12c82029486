package org.concurrentharness.junit5.order;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.concurrentharness.junit5.ConcurrentTest;
import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.LinearizabilityTest;
import org.concurrentharness.junit5.StressTest;
import org.concurrentharness.junit5.TestGroup;
import org.concurrentharness.order.TestContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What classes say about order. */
final class Annotations {
    /** Whether a class, or a method of it, depends on something or takes a context; most do not, and that is known at once. */
    private static final ClassValue<Boolean> CONCERNED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return asks(type) || methods(type).anyMatch(method -> asks(method) || takesContext(method));
        }
    };

    private Annotations() {}

    static boolean concern(Class<?> type) {
        return CONCERNED.get(type);
    }

    /** Returns whether a class or method depends on something. */
    static boolean asks(AnnotatedElement element) {
        return element.getAnnotations().length > 0 && !dependencies(element).isEmpty();
    }

    static List<DependsOn> dependencies(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, DependsOn.class);
    }

    static List<TestGroup> groups(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, TestGroup.class);
    }

    static boolean takesContext(Method method) {
        return Stream.of(method.getParameterTypes()).anyMatch(type -> type == TestContext.class);
    }

    /** Returns what makes a test method run many times. */
    static Optional<String> campaign(Method test) {
        return Stream.of(ConcurrentTest.class, LinearizabilityTest.class, StressTest.class)
                .filter(kind -> AnnotationSupport.isAnnotated(test, kind))
                .map(kind -> "@" + kind.getSimpleName())
                .findFirst();
    }

    /** Returns the methods of a class, inherited ones too. */
    private static Stream<Method> methods(Class<?> type) {
        return ReflectionSupport.findMethods(type, method -> true, HierarchyTraversalMode.TOP_DOWN).stream();
    }

    /** Returns the methods of a class that some engine takes for tests. */
    static List<Method> tests(Class<?> type) {
        return methods(type)
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .toList();
    }

    /** Returns whether a class, or one nested in it, has tests that can run. */
    static boolean hasTests(Class<?> type) {
        return (!Modifier.isAbstract(type.getModifiers()) && !tests(type).isEmpty())
                || ReflectionSupport.findNestedClasses(type, nested -> true).stream()
                        .anyMatch(Annotations::hasTests);
    }
}
