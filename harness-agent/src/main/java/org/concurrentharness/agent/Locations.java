package org.concurrentharness.agent;

import java.lang.constant.ClassDesc;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which variable is accessed through a {@code VarHandle}, a field updater or {@code Unsafe}: the number that
 * {@link Site#location} has where the same field is accessed by its name.
 *
 * <p>Finding one out uses reflection; the answers are kept. To be called by the managed thread that runs now: whoever hands control
 * to the next one makes what was written here visible to it, so there are no locks.
 *
 * @since 0.1
 */
public final class Locations {
    /** The location of a variable that can not be told more closely than by its handle. */
    public static final int UNKNOWN = 0;

    /** No location: the handle is another one than last time. */
    public static final int NOT_SEEN = 4;

    /** Kept for handles of array elements, whose location depends on the index; no location is even, but for UNKNOWN. */
    private static final int ELEMENT = 2;

    private static final ClassValue<Layout> LAYOUTS = new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
            return uncontrolled(() -> layout(type));
        }
    };

    /** Open addressing, by identity. Weak, since handles are constants of campaign classes, which come and go. */
    private static @Nullable Entry[] handles = new Entry[256];

    private static int count;

    /** How often another handle may turn up at a site before it is taken for one where handles differ. */
    private static final int CHANGES = 8;

    /** By site: which handle was used there last. */
    private static @Nullable Entry[] atSites = new Entry[1024];

    private Locations() {}

    private static final class Entry extends WeakReference<Object> {
        /** In the table by identity, the code; by site, how many handles were there before. */
        final int hash;

        final int location;

        Entry(Object handle, int hash, int location) {
            super(handle);
            this.hash = hash;
            this.location = location;
        }
    }

    /** Where the variables of a class lie: of an array, the first element and the distance; else all fields. */
    private static final class Layout {
        final boolean array;
        final long base;
        final int scale;
        final long[] offsets;
        final int[] locations;

        Layout(boolean array, long base, int scale, long[] offsets, int[] locations) {
            this.array = array;
            this.base = base;
            this.scale = scale;
            this.offsets = offsets;
            this.locations = locations;
        }

        /** Returns the location of the field at an offset, or {@link #UNKNOWN}. */
        int field(long offset) {
            for (int i = 0; i < offsets.length; i++) {
                if (offsets[i] == offset) {
                    return locations[i];
                }
            }
            return UNKNOWN;
        }
    }

    /**
     * Returns the location of the variable of a handle or updater, or {@link #UNKNOWN}.
     *
     * <p>Mostly it is a constant of the class that uses it, so the site finds it: fast, and without its identity hash code, which
     * would be drawn in the first execution that needs it and not when that is repeated, so that the codes of all later objects
     * would differ.
     *
     * @param index the index of the element, for handles of array elements
     * @param site where it is used
     */
    public static int of(Object handle, int index, int site) {
        int location = last(handle, index, site);
        return location == NOT_SEEN ? ofOther(handle, index, site) : location;
    }

    /** As {@link #of} when the handle is the one that was used last at the site, otherwise {@link #NOT_SEEN}; runs no code of the JDK. */
    public static int last(Object handle, int index, int site) {
        if (site < atSites.length) {
            Entry entry = atSites[site];
            if (entry != null && entry.refersTo(handle)) {
                return entry.location == ELEMENT ? element(index) : entry.location;
            }
        }
        return NOT_SEEN;
    }

    private static int ofOther(Object handle, int index, int site) {
        if (handle instanceof Object[]) {
            return element(index); // a plain store of the JDK's, see JdkPublications
        }
        if (site >= atSites.length) {
            atSites = Arrays.copyOf(atSites, Math.max(2 * atSites.length, site + 1));
        }
        Entry before = atSites[site];
        int changes = before == null ? 0 : before.hash + 1;
        if (changes > CHANGES) {
            return of(handle, index);
        }
        int location = uncontrolled(() -> find(handle));
        atSites[site] = new Entry(handle, changes, location);
        return location == ELEMENT ? element(index) : location;
    }

    /**
     * Returns the location of the variable of a handle or updater, or {@link #UNKNOWN}, wherever it is used.
     *
     * @param index the index of the element, for handles of array elements
     */
    static int of(Object handle, int index) {
        int hash = System.identityHashCode(handle);
        int mask = handles.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Entry entry = handles[i];
            if (entry == null) {
                int location = uncontrolled(() -> find(handle));
                put(new Entry(handle, hash, location));
                return location == ELEMENT ? element(index) : location;
            }
            if (entry.hash == hash && entry.refersTo(handle)) {
                return entry.location == ELEMENT ? element(index) : entry.location;
            }
        }
    }

    /** Returns the location of an array's element. */
    public static int element(int index) {
        return 2 * index + 1; // different elements of an array have different locations
    }

    /** Returns the field of a location in objects of a class, or null. */
    public static @Nullable Field field(Class<?> type, int location) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (Sites.location(c.getName(), field.getName()) == location) {
                    return field;
                }
            }
        }
        return null;
    }

    /** Returns the location of the variable at an offset that {@code Unsafe} gave, in an object or an array. */
    public static int ofOffset(Object target, long offset) {
        Layout layout = LAYOUTS.get(target.getClass());
        if (layout.array) {
            return element((int) ((offset - layout.base) / layout.scale));
        }
        int location = layout.field(offset);
        return location == UNKNOWN ? Sites.mix((int) offset) | 1 : location;
    }

    private static void put(Entry entry) {
        if (2 * ++count > handles.length) {
            rehash();
        }
        insert(entry);
    }

    private static void insert(Entry entry) {
        int mask = handles.length - 1;
        int i = entry.hash & mask;
        while (handles[i] != null) {
            i = (i + 1) & mask;
        }
        handles[i] = entry;
    }

    private static void rehash() {
        @Nullable Entry[] old = handles;
        int live = 0;
        for (Entry entry : old) {
            if (entry != null && !entry.refersTo(null)) {
                live++;
            }
        }
        handles = new Entry[4 * live >= old.length ? 2 * old.length : old.length];
        count = live + 1;
        for (Entry entry : old) {
            if (entry != null && !entry.refersTo(null)) {
                insert(entry);
            }
        }
    }

    interface Finding<T> {
        T find() throws ReflectiveOperationException;
    }

    /** Reflection uses classes that are rewritten: none of what they do is the program's doing. */
    static <T> T uncontrolled(Finding<T> finding) {
        try (EngineOff off = EngineOff.begin()) {
            return finding.find();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int find(Object handle) {
        try {
            return handle instanceof VarHandle variable ? ofVariable(variable) : ofUpdater(handle);
        } catch (ReflectiveOperationException | RuntimeException | InternalError e) {
            // the JDK keeps to itself which field it is; accesses through this handle are still told from others
            return UNKNOWN;
        }
    }

    private static int ofVariable(VarHandle handle) {
        List<Class<?>> coordinates = handle.coordinateTypes();
        if (coordinates.size() == 2) {
            return coordinates.get(0).isArray() ? ELEMENT : UNKNOWN;
        }
        return handle.describeConstable()
                .map(field -> {
                    String owner = ((ClassDesc) field.bootstrapArgsList().get(0)).descriptorString();
                    return Sites.location(
                            owner.substring(1, owner.length() - 1).replace('/', '.'), field.constantName());
                })
                .orElse(UNKNOWN);
    }

    private static int ofUpdater(Object updater) throws ReflectiveOperationException {
        Field owner = updater.getClass().getDeclaredField("tclass");
        Field offset = updater.getClass().getDeclaredField("offset");
        owner.setAccessible(true);
        offset.setAccessible(true);
        return layout((Class<?>) owner.get(updater)).field(offset.getLong(updater));
    }

    private static Layout layout(Class<?> type) throws ReflectiveOperationException {
        // the public one refuses records and hidden classes
        Class<?> access = Class.forName("jdk.internal.misc.Unsafe");
        Object unsafe = access.getMethod("getUnsafe").invoke(null);
        if (type.isArray()) {
            int base =
                    ((Number) access.getMethod("arrayBaseOffset", Class.class).invoke(unsafe, type)).intValue();
            int scale = (int) access.getMethod("arrayIndexScale", Class.class).invoke(unsafe, type);
            return new Layout(true, base, scale, new long[0], new int[0]);
        }
        Method offset = access.getMethod("objectFieldOffset", Field.class);
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        long[] offsets = new long[fields.size()];
        int[] locations = new int[fields.size()];
        for (int i = 0; i < offsets.length; i++) {
            Field field = fields.get(i);
            offsets[i] = (long) offset.invoke(unsafe, field);
            locations[i] = Sites.location(field.getDeclaringClass().getName(), field.getName());
        }
        return new Layout(false, 0, 0, offsets, locations);
    }
}
