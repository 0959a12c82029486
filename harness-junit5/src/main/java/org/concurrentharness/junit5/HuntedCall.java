package org.concurrentharness.junit5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;

/** A constructor, a method or the setting of a field, with the fixtures that it is given in each execution. */
final class HuntedCall {
    private static final int CONSTANT = -1;

    /** Of type (Object, Object[])Object: the instance and the arguments. */
    private final MethodHandle handle;

    /** For each argument the index of its fixture, or that it is always the same. */
    private final int[] indices;

    private final @Nullable Object[] constants;
    private final Class<?>[] types;
    private final String[] places;

    private HuntedCall(MethodHandle handle, int count) {
        this.handle = handle.asSpreader(handle.type().parameterCount() - count, Object[].class, count)
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        this.indices = new int[count];
        this.constants = new @Nullable Object[count];
        this.types = new Class<?>[count];
        this.places = new String[count];
    }

    /**
     * Returns the call of a constructor or method.
     *
     * @param inner true for a constructor whose first parameter is the enclosing instance
     * @param fixtures where what it needs is added
     * @param testInfo what it is told about the test, null for nothing
     */
    static HuntedCall of(Executable executable, boolean inner, FixturePlan fixtures, @Nullable TestInfo testInfo)
            throws ReflectiveOperationException {
        executable.setAccessible(true);
        MethodHandle handle = executable instanceof Constructor<?> constructor
                ? MethodHandles.lookup().unreflectConstructor(constructor)
                : MethodHandles.lookup().unreflect((Method) executable);
        handle = handle.asFixedArity();
        if (!inner && !ofInstance(executable)) {
            handle = MethodHandles.dropArguments(handle, 0, Object.class);
        }
        Parameter[] parameters = executable.getParameters();
        int first = inner ? 1 : 0;
        HuntedCall call = new HuntedCall(handle, parameters.length - first);
        for (int i = first; i < parameters.length; i++) {
            call.argument(i - first, parameters[i].getType(), Fixtures.place(executable, i));
            if (parameters[i].isAnnotationPresent(SharedFixture.class)) {
                call.indices[i - first] = fixtures.need(parameters[i].getAnnotation(SharedFixture.class));
            } else if (parameters[i].getType() == TestInfo.class && testInfo != null) {
                call.constants[i - first] = testInfo;
            } else {
                throw Misuse.failure("In a hunt nobody gives a value to " + Fixtures.place(executable, i) + " ("
                        + parameters[i].getType().getSimpleName()
                        + "), which must be a @SharedFixture or a TestInfo; name the tests to combine by @RaceHunt(tests = ...)"
                        + " if it is to be left out.");
            }
        }
        return call;
    }

    /** Returns the setting of a field that asks for a fixture. */
    static HuntedCall setting(Field field, FixturePlan fixtures) throws ReflectiveOperationException {
        AskedFixtures.Ask ask = AskedFixtures.Ask.of(field);
        Fixtures.check(ask);
        field.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflectSetter(field);
        if (Modifier.isStatic(field.getModifiers())) {
            handle = MethodHandles.dropArguments(handle, 0, Object.class);
        }
        HuntedCall call = new HuntedCall(handle, 1);
        call.argument(0, field.getType(), ask.place());
        call.indices[0] = fixtures.need(ask.fixture());
        return call;
    }

    private static boolean ofInstance(Executable executable) {
        return executable instanceof Method && !Modifier.isStatic(executable.getModifiers());
    }

    private void argument(int index, Class<?> type, String place) {
        indices[index] = CONSTANT;
        types[index] = MethodType.methodType(type).wrap().returnType();
        places[index] = place;
    }

    /** Returns whether it needs a fixture. */
    boolean needsFixture() {
        for (int index : indices) {
            if (index != CONSTANT) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes the call.
     *
     * @param instance the instance, the enclosing one for a constructor, or null
     * @param fixtures the fixtures of the execution
     */
    @Nullable
    Object on(@Nullable Object instance, FixturePlan.Values fixtures) throws Throwable {
        @Nullable Object[] arguments = new @Nullable Object[indices.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = indices[i] == CONSTANT ? constants[i] : fixtures.get(indices[i], types[i], places[i]);
        }
        return (Object) handle.invokeExact(instance, arguments);
    }
}
