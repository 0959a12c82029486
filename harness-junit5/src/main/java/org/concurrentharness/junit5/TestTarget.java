package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * A test as JUnit sees it, outside the campaign.
 *
 * @param types the test class, after the classes that enclose it, outermost first
 * @param method the test method
 * @param arguments what JUnit resolved for the parameters of the test method and of {@code @BeforeEach} methods
 * @param displayName what JUnit calls the test
 * @param tags the tags of the test
 */
record TestTarget(
        List<Class<?>> types,
        Method method,
        Map<Method, List<Object>> arguments,
        String displayName,
        Set<String> tags) {
    static TestTarget of(
            ReflectiveInvocationContext<Method> invocation,
            ExtensionContext context,
            Map<Method, List<Object>> beforeEachArguments) {
        Map<Method, List<Object>> arguments = new HashMap<>(beforeEachArguments);
        arguments.put(invocation.getExecutable(), invocation.getArguments());
        List<Class<?>> types = context.getRequiredTestInstances().getAllInstances().stream()
                .<Class<?>>map(Object::getClass)
                .toList();
        return new TestTarget(
                types, invocation.getExecutable(), arguments, context.getDisplayName(), context.getTags());
    }

    /** Returns the test class. */
    Class<?> type() {
        return types.get(types.size() - 1);
    }

    /** Returns the name of the test in reports. */
    String name() {
        return Misuse.name(type(), method);
    }
}
