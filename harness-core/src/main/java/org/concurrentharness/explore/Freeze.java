package org.concurrentharness.explore;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of an object's constructor, after which its final fields never change (JLS 17.5): whoever reads one of them, however it
 * came by the object, sees what it refers to at least as it was then.
 */
final class Freeze {
    /** How many objects behind final fields are looked at. */
    private static final int MOST = 10_000;

    @Nullable
    Object object;

    /** When, and after how many writes of the execution. */
    long epoch;

    int writes;

    /** Returns whether {@code target} can be reached through a final field of the frozen object. */
    boolean reaches(Object target) {
        Object root = object;
        if (root == null) {
            return false;
        }
        Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> open = new ArrayDeque<>();
        add(root, true, met, open);
        while (!open.isEmpty() && met.size() < MOST) {
            Object next = open.poll();
            if (next == target) {
                return true;
            }
            add(next, false, met, open);
        }
        return false;
    }

    private static void add(Object holder, boolean finalOnly, Set<Object> met, ArrayDeque<Object> open) {
        if (holder instanceof Object[] array) {
            for (Object element : array) {
                add(element, met, open);
            }
            return;
        }
        for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        || field.getType().isPrimitive()
                        || (finalOnly && !Modifier.isFinal(field.getModifiers()))) {
                    continue;
                }
                try {
                    if (field.trySetAccessible()) {
                        add(field.get(holder), met, open);
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e); // it was just made accessible
                }
            }
        }
    }

    private static void add(@Nullable Object value, Set<Object> met, ArrayDeque<Object> open) {
        if (value != null && !(value instanceof String) && !(value instanceof Class<?>) && met.add(value)) {
            open.add(value);
        }
    }

    /** The frozen objects of an execution. */
    static final class Table extends IdentityTable<Freeze> {
        Table(EngineHashes hashes) {
            super(hashes);
        }

        @Override
        Freeze create() {
            return new Freeze();
        }

        @Override
        void reset(Freeze freeze, Object object, int location) {
            freeze.object = object;
            freeze.epoch = 0;
            freeze.writes = 0;
        }
    }
}
