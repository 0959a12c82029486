package org.concurrentharness.junit5;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the campaign's copies of classes and methods, and what JUnit has resolved for them. */
final class Copies {
    private final ClassLoader loader;
    private final Map<String, List<Object>> arguments = new HashMap<>();

    Copies(ClassLoader loader, TestTarget target) {
        this.loader = loader;
        target.arguments().forEach((method, values) -> arguments.put(key(method), values));
    }

    /** Returns the copy of a method. */
    Method of(Method original) throws ReflectiveOperationException {
        Class<?> type = Class.forName(original.getDeclaringClass().getName(), false, loader);
        for (Method method : type.getDeclaredMethods()) {
            if (key(method).equals(key(original))
                    && method.getReturnType()
                            .getName()
                            .equals(original.getReturnType().getName())) {
                return method;
            }
        }
        throw new NoSuchMethodException(key(original));
    }

    /** Returns what JUnit has resolved for the original of a method, or null. */
    @Nullable
    List<Object> resolved(Executable copy) {
        return arguments.get(key(copy));
    }

    /** Returns true when objects of a class are the same inside the campaign as outside. */
    boolean isShared(Class<?> original) {
        Class<?> type = original;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (type.isPrimitive()) {
            return true;
        }
        try {
            return !type.isHidden() && Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String key(Executable method) {
        return method.getDeclaringClass().getName()
                + "#"
                + method.getName()
                + Stream.of(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(",", "(", ")"));
    }
}
