package org.concurrentharness.explore;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Making an object anew by its constructor without arguments; an inner class by that and its enclosing class's. */
final class Anew {
    private Anew() {}

    /** Returns true when objects of the class can be made anew. */
    static boolean possible(Class<?> type) {
        return constructorOf(type) != null;
    }

    /** Returns the constructor, with the enclosing instances filled in, as a handle of type ()Object. */
    static MethodHandle constructor(Class<?> type) throws ReflectiveOperationException {
        if (type == Object.class) {
            return MethodHandles.publicLookup().findConstructor(type, MethodType.methodType(void.class));
        }
        Constructor<?> constructor = constructorOf(type);
        if (constructor == null) {
            throw new NoSuchMethodException(type.getName() + " has no constructor without arguments");
        }
        MethodHandle handle =
                MethodHandles.privateLookupIn(type, MethodHandles.lookup()).unreflectConstructor(constructor);
        if (constructor.getParameterCount() == 1) {
            Class<?> outer = constructor.getParameterTypes()[0];
            handle =
                    MethodHandles.collectArguments(handle, 0, constructor(outer).asType(MethodType.methodType(outer)));
        }
        return handle.asType(MethodType.methodType(Object.class));
    }

    private static @Nullable Constructor<?> constructorOf(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers()) || type.isHidden()) {
            return null;
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            Class<?>[] parameters = constructor.getParameterTypes();
            boolean takesOuter = inner && parameters.length == 1 && parameters[0] == type.getDeclaringClass();
            if (parameters.length == 0 || (takesOuter && possible(parameters[0]))) {
                return constructor;
            }
        }
        return null;
    }

    /**
     * Returns true when the object looks like one that was just made: replacing it by a new one loses nothing that can be seen.
     * What cannot be looked into counts as equal.
     */
    static boolean like(Object object) {
        try {
            Object fresh = (Object) constructor(object.getClass()).invokeExact();
            return equal(object, fresh, new IdentityHashMap<>());
        } catch (Throwable e) {
            return false;
        }
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b, Map<Object, Object> seen)
            throws IllegalAccessException {
        if (a == b) {
            return true;
        }
        if (a == null || b == null || a.getClass() != b.getClass()) {
            return false;
        }
        if (seen.put(a, b) != null) {
            return true;
        }
        Class<?> type = a.getClass();
        if (type.isArray()) {
            return equalArrays(a, b, seen);
        }
        ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return !(a instanceof Serializable) || Objects.equals(a, b) || Arrays.equals(form(a), form(b));
        }
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
                    continue;
                }
                try {
                    field.setAccessible(true);
                } catch (InaccessibleObjectException e) {
                    continue;
                }
                Object x = field.get(a);
                Object y = field.get(b);
                if (field.getType().isPrimitive() ? !Objects.equals(x, y) : !equal(x, y, seen)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean equalArrays(Object a, Object b, Map<Object, Object> seen) throws IllegalAccessException {
        int length = Array.getLength(a);
        if (length != Array.getLength(b)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            Object x = Array.get(a, i);
            Object y = Array.get(b, i);
            if (a.getClass().getComponentType().isPrimitive() ? !Objects.equals(x, y) : !equal(x, y, seen)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the serialized form of an object of the JDK, with the class names of what is not serializable in it. */
    private static byte[] form(Object object) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (ObjectOutputStream out = new Form(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            return new byte[0];
        }
        return bytes.toByteArray();
    }

    private static final class Form extends ObjectOutputStream {
        Form(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            return object instanceof Serializable ? object : object.getClass().getName();
        }
    }
}
