package org.concurrentharness.linearizability;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operations of a class, in an order that does not depend on the JVM.
 *
 * @param type the class as the application has it
 * @param methods at least one
 */
record Operations(Class<?> type, List<Method> methods) {
    /**
     * One operation.
     *
     * @param index its number in the class
     * @param name the name of the method
     * @param parameters what its arguments may be
     * @param once true when a scenario calls it at most once
     * @param isVoid true when it returns nothing
     * @param declaring the class that has the method
     */
    record Method(
            int index, String name, List<Arguments> parameters, boolean once, boolean isVoid, Class<?> declaring) {
        /** Returns how many calls with different arguments there are; no more than a long can hold. */
        long calls() {
            long product = 1;
            for (Arguments arguments : parameters) {
                if (product > Long.MAX_VALUE / arguments.count()) {
                    return Long.MAX_VALUE;
                }
                product *= arguments.count();
            }
            return product;
        }

        /** Returns the name and the parameters as the source has them. */
        String signature() {
            return parameters.stream()
                    .map(each -> each.type().getSimpleName())
                    .collect(Collectors.joining(", ", name + "(", ")"));
        }

        List<String> parameterTypes() {
            return parameters.stream().map(each -> each.type().getName()).toList();
        }
    }

    /**
     * Finds the operations of a class, inherited ones included.
     *
     * @throws IllegalArgumentException when there are none, or one cannot be called
     */
    static Operations of(Class<?> type) {
        Map<String, java.lang.reflect.Method> found = new LinkedHashMap<>();
        for (Class<?> each : lineage(type)) {
            for (java.lang.reflect.Method method : each.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Operation.class) && !method.isSynthetic()) {
                    requireCallable(type, method);
                    found.putIfAbsent(key(method), method);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(type.getName()
                    + " has no operations; annotate with @Operation the methods that threads shall call together.");
        }
        List<Method> methods = new ArrayList<>();
        for (java.lang.reflect.Method method : found.values().stream()
                .sorted(Comparator.comparing(Operations::key))
                .toList()) {
            methods.add(method(methods.size(), method));
        }
        return new Operations(type, List.copyOf(methods));
    }

    private static Method method(int index, java.lang.reflect.Method method) {
        String place = place(method);
        List<Arguments> parameters = Stream.of(method.getParameters())
                .map(each -> Arguments.of(each, place + ": parameter " + each.getName()))
                .toList();
        return new Method(
                index,
                method.getName(),
                parameters,
                method.getAnnotation(Operation.class).once(),
                method.getReturnType() == void.class,
                method.getDeclaringClass());
    }

    /** A method of an interface, or an abstract one, may be annotated where the class implements it. */
    private static void requireCallable(Class<?> type, java.lang.reflect.Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException(
                    place(method) + " must not be static; operations are called on the instance under test.");
        }
        List<String> parameters =
                Stream.of(method.getParameterTypes()).map(Class::getName).toList();
        if (Modifier.isAbstract(method.getModifiers())
                && Subject.fault(type).isEmpty()
                && Subject.find(type, method.getName(), parameters) == null) {
            throw new IllegalArgumentException(place(method) + " is abstract, and " + type.getName()
                    + " has no method with just these parameter types; annotate the method that implements it.");
        }
    }

    private static String place(java.lang.reflect.Method method) {
        return "@Operation method " + method.getDeclaringClass().getName() + "#" + method.getName();
    }

    private static String key(java.lang.reflect.Method method) {
        return Stream.of(method.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    /** Returns the class, its superclasses and all their interfaces. */
    static Set<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            lineage.add(each);
        }
        for (Class<?> each : List.copyOf(lineage)) {
            addInterfaces(each, lineage);
        }
        return lineage;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> lineage) {
        for (Class<?> each : type.getInterfaces()) {
            if (lineage.add(each)) {
                addInterfaces(each, lineage);
            }
        }
    }
}
