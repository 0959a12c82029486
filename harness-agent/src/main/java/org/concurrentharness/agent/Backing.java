package org.concurrentharness.agent;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is behind a view, an iterator or a wrapper of the JDK: who iterates over the key set of a map reads the map, and who
 * takes a read lock takes the lock.
 *
 * @since 0.1
 */
public final class Backing {
    /** A view of a view of a wrapper, and so on; longer chains are cut off. */
    private static final int DEPTH = 16;

    /** What the JDK calls the field that leads from the one to the other, the closest to the root first. */
    private static final String[] NAMES = {
        "root", "this$0", "this$1", "m", "map", "c", "list", "q", "l", "s", "i", "e", "p", "al", "sync"
    };

    /** Classes that are no views to their users, but keep all they have in another object, which what they give out refers to. */
    private static final Set<String> SHELLS = Set.of(
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.util.concurrent.ConcurrentSkipListSet",
            "java.util.concurrent.CopyOnWriteArraySet",
            "java.util.concurrent.locks.ReentrantLock",
            "java.util.concurrent.locks.ReentrantReadWriteLock");

    private static final ClassValue<Optional<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
            return Locations.uncontrolled(() -> find(type));
        }
    };

    private Backing() {}

    /**
     * Returns the object whose content or state a receiver shows, or the receiver itself.
     *
     * <p>To be called by the managed thread that runs now.
     */
    public static Object of(Object receiver) {
        Object object = receiver;
        for (int i = 0; i < DEPTH; i++) {
            Optional<Field> field = FIELDS.get(object.getClass());
            if (field.isEmpty()) {
                return object;
            }
            Object next = read(field.get(), object);
            if (next == null || next == object) {
                return object;
            }
            object = next;
        }
        return object;
    }

    /** Returns whether objects of a class may show another's content or state; to be called as {@link #of}. */
    public static boolean has(Class<?> type) {
        return FIELDS.get(type).isPresent();
    }

    /** Returns the array that {@code Arrays.asList} has made a list of, or null for any other object. */
    public static Object @Nullable [] array(Object list) {
        if (!list.getClass().getName().equals("java.util.Arrays$ArrayList")) {
            return null;
        }
        return field(list.getClass(), "a")
                .map(field -> (Object[]) read(field, list))
                .orElse(null);
    }

    /** Returns whether a map moves what {@code get} has found, so that to get is to change. */
    public static boolean isInAccessOrder(Object map) {
        return map instanceof LinkedHashMap
                && field(LinkedHashMap.class, "accessOrder")
                        .map(field -> (boolean) read(field, map))
                        .orElse(false);
    }

    private static Object read(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Field> find(Class<?> type) {
        String name = type.getName();
        if (!name.startsWith("java.util.") || (name.indexOf('$') < 0 && !SHELLS.contains(name))) {
            return Optional.empty();
        }
        if (name.startsWith("java.util.Collections$Synchronized")) {
            return field(type, "mutex").or(() -> field(type, "c")).or(() -> field(type, "m"));
        }
        for (String each : NAMES) {
            Optional<Field> field = field(type, each);
            if (field.isPresent() && field.get().getType().getName().startsWith("java.util.")) {
                return field;
            }
        }
        return Optional.empty();
    }

    private static Optional<Field> field(Class<?> type, String name) {
        for (Class<?> c = type; c != null && c.getName().startsWith("java.util."); c = c.getSuperclass()) {
            try {
                Field field = c.getDeclaredField(name);
                field.setAccessible(true);
                return Optional.of(field);
            } catch (NoSuchFieldException e) {
                // in the superclass, perhaps
            }
        }
        return Optional.empty();
    }
}
