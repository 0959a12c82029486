package org.concurrentharness.explore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.concurrentharness.agent.Backing;
import org.jspecify.annotations.Nullable;

/** Knows, while an execution is recorded, which locks its threads hold. Called with the engine off. */
final class HeldLocks {
    private final Function<Object, String> names;
    private final Map<Integer, List<Object>> monitors = new HashMap<>();

    /** Locks of {@code java.util.concurrent} that the program has used. */
    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Object> inOrder = new ArrayList<>();

    HeldLocks(Function<Object, String> names) {
        this.names = names;
    }

    /** Notes an object that may be a lock. */
    void meet(@Nullable Object object) {
        boolean lock = object instanceof ReentrantLock
                || object instanceof ReentrantReadWriteLock.WriteLock
                || object instanceof ReentrantReadWriteLock.ReadLock;
        if (lock && met.add(object)) {
            inOrder.add(object);
        }
    }

    void locked(ManagedThread me, Shadow monitor) {
        if (monitor.object != null) {
            monitors.computeIfAbsent(me.id, id -> new ArrayList<>()).add(monitor.object);
        }
    }

    void unlocked(ManagedThread me, Shadow monitor) {
        List<Object> mine = monitors.getOrDefault(me.id, List.of());
        for (int i = mine.size() - 1; i >= 0; i--) {
            if (mine.get(i) == monitor.object) {
                mine.remove(i);
                return;
            }
        }
    }

    /** Returns the names of the locks that the running thread holds: monitors, outermost first, then others. */
    List<String> namesOf(ManagedThread me) {
        List<String> result = new ArrayList<>();
        for (Object monitor : monitors.getOrDefault(me.id, List.of())) {
            result.add(names.apply(monitor));
        }
        for (Object lock : inOrder) {
            if (isHeld(lock)) {
                result.add(names.apply(lock));
            }
        }
        return result;
    }

    private static boolean isHeld(Object lock) {
        if (lock instanceof ReentrantLock reentrant) {
            return reentrant.isHeldByCurrentThread();
        }
        if (lock instanceof ReentrantReadWriteLock.WriteLock write) {
            return write.isHeldByCurrentThread();
        }
        Object synchronizer = Backing.of(lock);
        try {
            for (Class<?> type = synchronizer.getClass(); type != null; type = type.getSuperclass()) {
                for (Method method : type.getDeclaredMethods()) {
                    if (method.getName().equals("getReadHoldCount") && method.trySetAccessible()) {
                        return (int) method.invoke(synchronizer) > 0;
                    }
                }
            }
            return false;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e); // it was made accessible, and only counts
        }
    }
}
