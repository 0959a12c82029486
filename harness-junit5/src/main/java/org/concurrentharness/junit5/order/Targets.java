package org.concurrentharness.junit5.order;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the tests that a {@code @DependsOn} names. */
final class Targets {
    private final Map<String, Map<String, List<Integer>>> selected;
    private final Class<?> asking;
    private final String place;

    /**
     * @param selected the tests of each class by the names of their methods, and under the empty name the class
     * @param asking the class of the test that depends on them
     * @param place how messages name where it says so
     */
    Targets(Map<String, Map<String, List<Integer>>> selected, Class<?> asking, String place) {
        this.selected = selected;
        this.asking = asking;
        this.place = place;
    }

    /**
     * What was found.
     *
     * @param label how messages name it
     * @param nodes the tests, if they are selected
     * @param absent what it is, if it is not selected
     * @param fault what is wrong, if there is no such test
     */
    record Found(String label, List<Integer> nodes, Optional<String> absent, Optional<String> fault) {}

    /** Finds {@code method}, {@code Class#method} or {@code Class}. */
    Found find(String name) {
        int hash = name.indexOf('#');
        if (hash < 0) {
            for (Class<?> type = asking; type != null; type = type.getDeclaringClass()) {
                if (hasTest(type, name)) {
                    return found(type.getName(), name);
                }
            }
            Class<?> type = load(name);
            return type != null && Annotations.hasTests(type)
                    ? found(type.getName(), "")
                    : unknown(name, "no test", asking);
        }
        String className = name.substring(0, hash);
        String method = name.substring(hash + 1).replaceFirst("\\(.*", "");
        Class<?> type = load(className);
        if (type == null) {
            return fault(name, "no class " + className + Closest.hint(className, selected.keySet()));
        }
        return hasTest(type, method) ? found(type.getName(), method) : unknown(method, "no test", type);
    }

    private static boolean hasTest(Class<?> type, String method) {
        return Annotations.tests(type).stream().anyMatch(test -> test.getName().equals(method));
    }

    private Found found(String className, String method) {
        String label = className + (method.isEmpty() ? "" : "#" + method);
        List<Integer> nodes = selected.getOrDefault(className, Map.of()).getOrDefault(method, List.of());
        return new Found(label, nodes, nodes.isEmpty() ? Optional.of(label) : Optional.empty(), Optional.empty());
    }

    private Found unknown(String method, String what, Class<?> type) {
        List<String> names = new ArrayList<>(
                Annotations.tests(type).stream().map(Method::getName).toList());
        return fault(method, what + " \"" + method + "\" in " + type.getName() + Closest.hint(method, names));
    }

    private Found fault(String name, String message) {
        return new Found(name, List.of(), Optional.empty(), Optional.of(place + ": there is " + message));
    }

    /** Returns a class by its name, or by that which it has in the package or in the class of the one that asks. */
    private @Nullable Class<?> load(String name) {
        List<String> names = new ArrayList<>(List.of(name));
        for (Class<?> type = asking; type != null; type = type.getDeclaringClass()) {
            names.add(type.getName() + "$" + name);
        }
        names.add(asking.getPackageName() + "." + name);
        return names.stream()
                .flatMap(each -> ReflectionSupport.tryToLoadClass(each, asking.getClassLoader()).toOptional().stream())
                .findFirst()
                .orElse(null);
    }
}
