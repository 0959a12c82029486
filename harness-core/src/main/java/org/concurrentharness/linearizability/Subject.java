package org.concurrentharness.linearizability;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class whose operations can be called, in the class loader of a campaign. */
final class Subject {
    private static final MethodType NO_ARGUMENTS = MethodType.methodType(Object.class, Object.class);

    private final Class<?> type;
    private final MethodHandle constructor;
    private final List<MethodHandle> setUp;
    private final List<MethodHandle> tearDown;
    private final @Nullable MethodHandle invariant;

    private Subject(
            Class<?> type,
            MethodHandle constructor,
            List<MethodHandle> setUp,
            List<MethodHandle> tearDown,
            @Nullable MethodHandle invariant) {
        this.type = type;
        this.constructor = constructor;
        this.setUp = setUp;
        this.tearDown = tearDown;
        this.invariant = invariant;
    }

    /**
     * Binds a class.
     *
     * @param type as the class loader of the campaign has it
     * @param surroundings the names of what is called around an execution
     */
    static Subject of(Class<?> type, Surroundings surroundings) {
        return new Subject(
                type,
                constructor(type),
                handles(type, surroundings.setUp()),
                handles(type, surroundings.tearDown()),
                surroundings.invariant().isEmpty()
                        ? null
                        : handles(type, List.of(surroundings.invariant())).get(0));
    }

    /** Returns how an instance is made: an inner class with an enclosing instance of its own. */
    private static MethodHandle constructor(Class<?> type) {
        return untyped(type).asType(MethodType.methodType(Object.class));
    }

    private static MethodHandle untyped(Class<?> type) {
        try {
            Constructor<?> constructor = isInner(type)
                    ? type.getDeclaredConstructor(type.getDeclaringClass())
                    : type.getDeclaredConstructor();
            constructor.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup().unreflectConstructor(constructor);
            return isInner(type) ? MethodHandles.filterReturnValue(untyped(type.getDeclaringClass()), handle) : handle;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(unavailable(type), e);
        }
    }

    /** Returns what is wrong with a class that cannot be instantiated, or an empty text. */
    static String fault(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return type.getName() + " cannot be instantiated: it is "
                    + (type.isInterface() ? "an interface" : "abstract") + "; name a class that implements it.";
        }
        if (type.isLocalClass() || type.isAnonymousClass()) {
            return type.getName() + " cannot be instantiated: it is a class inside a method; make it one of its own.";
        }
        if (isInner(type)) {
            String around = fault(type.getDeclaringClass());
            if (!around.isEmpty()) {
                return type.getName() + " cannot be instantiated without the class around it, and " + around;
            }
        }
        int enclosing = isInner(type) ? 1 : 0;
        return Arrays.stream(type.getDeclaredConstructors()).anyMatch(each -> each.getParameterCount() == enclosing)
                ? ""
                : unavailable(type);
    }

    private static boolean isInner(Class<?> type) {
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }

    private static String unavailable(Class<?> type) {
        return type.getName() + " cannot be instantiated: it has no constructor without parameters; add one.";
    }

    private static List<MethodHandle> handles(Class<?> type, List<String> names) {
        List<MethodHandle> handles = new ArrayList<>();
        for (String name : names) {
            java.lang.reflect.Method method = find(type, name, List.of());
            if (method == null) {
                throw new IllegalArgumentException(
                        type.getName() + " has no method " + name + " without parameters; name one that it has.");
            }
            handles.add(handle(method).asType(NO_ARGUMENTS));
        }
        return List.copyOf(handles);
    }

    /** Returns the method of a class with the given parameters, own or inherited; null when there is none. */
    static java.lang.reflect.@Nullable Method find(Class<?> type, String name, List<String> parameterTypes) {
        for (Class<?> each : Operations.lineage(type)) {
            for (java.lang.reflect.Method method : each.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && !method.isBridge()
                        && !Modifier.isAbstract(method.getModifiers())
                        && List.of(method.getParameterTypes()).stream()
                                .map(Class::getName)
                                .toList()
                                .equals(parameterTypes)) {
                    return method;
                }
            }
        }
        return null;
    }

    private static MethodHandle handle(java.lang.reflect.Method method) {
        try {
            method.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
            return Modifier.isStatic(method.getModifiers())
                    ? MethodHandles.dropArguments(handle, 0, Object.class)
                    : handle;
        } catch (IllegalAccessException | RuntimeException e) {
            throw new IllegalArgumentException(
                    method.getDeclaringClass().getName() + "#" + method.getName()
                            + " cannot be called; make it public, or open its package to the harness.",
                    e);
        }
    }

    /** Returns the name of the class. */
    String name() {
        return type.getName();
    }

    /** Returns how a call is made, from the instance to the result. */
    Invocation bind(Call call) {
        java.lang.reflect.Method method =
                find(type, call.operation().name(), call.operation().parameterTypes());
        if (method == null) {
            throw new IllegalStateException(type.getName() + " has lost " + call);
        }
        MethodHandle bound =
                MethodHandles.insertArguments(handle(method), 1, call.arguments(method.getParameterTypes()));
        return new Invocation(bound.asType(NO_ARGUMENTS), method.getReturnType() == void.class);
    }

    /** Returns a new instance, set up. */
    Object create() throws Throwable {
        Object instance = (Object) constructor.invokeExact();
        for (MethodHandle each : setUp) {
            Object ignored = (Object) each.invokeExact(instance);
        }
        return instance;
    }

    /** Checks the instance and clears it away. */
    void end(Object instance, boolean check) throws Throwable {
        try {
            MethodHandle body = invariant;
            if (check && body != null) {
                Object ignored = (Object) body.invokeExact(instance);
            }
        } finally {
            for (MethodHandle each : tearDown) {
                Object ignored = (Object) each.invokeExact(instance);
            }
        }
    }

    /**
     * A call that can be made on any instance.
     *
     * @param handle from the instance to what is returned
     * @param isVoid true when it returns nothing
     */
    record Invocation(MethodHandle handle, boolean isVoid) {
        /** Makes the call and returns its result; errors are none. */
        @Nullable
        Object on(Object instance) throws Throwable {
            try {
                Object returned = (Object) handle.invokeExact(instance);
                return isVoid ? Results.nothing() : returned;
            } catch (Exception e) {
                return Results.thrown(e);
            }
        }
    }

    /**
     * What is called around an execution, by name; none of these methods has parameters.
     *
     * @param setUp before the first operation
     * @param tearDown at the end
     * @param invariant when all operations have returned, or an empty text
     */
    record Surroundings(List<String> setUp, List<String> tearDown, String invariant) {
        static final Surroundings NONE = new Surroundings(List.of(), List.of(), "");

        Surroundings {
            setUp = List.copyOf(setUp);
            tearDown = List.copyOf(tearDown);
        }
    }
}
