package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that is combined with others.
 *
 * @param method its method
 * @param name what reports call it, different from those of the class's other tests
 */
record HuntedTest(Method method, String name) {
    /** Returns the tests of these methods. */
    static List<HuntedTest> of(List<Method> methods) {
        Map<String, Long> overloads =
                methods.stream().collect(Collectors.groupingBy(Method::getName, Collectors.counting()));
        return methods.stream()
                .map(method -> new HuntedTest(
                        method,
                        method.getName()
                                + (overloads.getOrDefault(method.getName(), 1L) == 1
                                        ? "()"
                                        : Stream.of(method.getParameterTypes())
                                                .map(Class::getSimpleName)
                                                .collect(Collectors.joining(", ", "(", ")")))))
                .toList();
    }

    /** Returns what JUnit calls it. */
    String displayName() {
        return AnnotationSupport.findAnnotation(method, DisplayName.class)
                .map(DisplayName::value)
                .orElse(name);
    }

    /** Returns the tags of the method. */
    Set<String> tags() {
        return AnnotationSupport.findRepeatableAnnotations(method, Tag.class).stream()
                .map(Tag::value)
                .collect(Collectors.toSet());
    }

    /** Returns whether JUnit may run both at the same time, as far as resource locks tell. */
    boolean mayRunBeside(HuntedTest other) {
        Set<String> all = new HashSet<>(locks(true));
        all.addAll(locks(false));
        return all.stream().noneMatch(other.locks(true)::contains)
                && locks(true).stream().noneMatch(other.locks(false)::contains);
    }

    private Set<String> locks(boolean exclusive) {
        return AnnotationSupport.findRepeatableAnnotations(method, ResourceLock.class).stream()
                .filter(lock -> (lock.mode() == ResourceAccessMode.READ_WRITE) == exclusive)
                .map(ResourceLock::value)
                .collect(Collectors.toSet());
    }
}
