package org.concurrentharness.explore;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.concurrentharness.agent.CampaignLoader;
import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Writes down one execution: every operation with its thread, place, object and value. */
final class Recorder {
    private static final int LONGEST_VALUE = 40;

    /** One operation, while its execution runs. */
    private static final class Entry {
        final ManagedThread thread;
        final int threadId;
        final String threadName;
        final int site;
        final String operation;
        final @Nullable Object object;
        final String objectName;
        final boolean preempted;

        @Nullable
        String value;

        boolean blocked;

        /** Where it was done, when no site tells. */
        @Nullable
        StackTraceElement place;

        Entry(
                ManagedThread thread,
                String threadName,
                int site,
                String operation,
                @Nullable Object object,
                String name,
                boolean preempted) {
            this.thread = thread;
            this.threadId = thread.id;
            this.threadName = threadName;
            this.site = site;
            this.operation = operation;
            this.object = object;
            this.objectName = name;
            this.preempted = preempted;
        }
    }

    private final ClassLoader loader;
    private final List<Entry> entries = new ArrayList<>();
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Integer, Entry> pendingField = new HashMap<>();
    private boolean preempted;
    private final List<String> threadNames = new ArrayList<>();

    Recorder(ClassLoader loader) {
        this.loader = loader;
    }

    void operation(ManagedThread me, int site, @Nullable Object object) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            flush(me);
            if (site == 0) {
                return;
            }
            Site at = Sites.get(site);
            Entry entry = new Entry(
                    me, nameOf(me), site, describe(at), object, object == null ? "" : name(object), preempted);
            preempted = false;
            entries.add(entry);
            if (at.kind() == Site.Kind.VOLATILE_READ || at.kind() == Site.Kind.VOLATILE_WRITE) {
                pendingField.put(me.id, entry);
            }
        } finally {
            Uncontrolled.end(engine);
        }
    }

    void started(ManagedThread parent, ManagedThread child) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            flush(parent);
            Entry entry = new Entry(parent, nameOf(parent), 0, "start " + child.name(), null, "", preempted);
            entry.place = caller(); // a start is no scheduling point, and has no site
            preempted = false;
            entries.add(entry);
        } finally {
            Uncontrolled.end(engine);
        }
    }

    /** Notes that a thread waits for another to end, where the harness itself called join. */
    void joins(ManagedThread me, ManagedThread other) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            flush(me);
            entries.add(new Entry(me, nameOf(me), 0, "join " + other.name(), null, "", preempted));
            preempted = false;
        } finally {
            Uncontrolled.end(engine);
        }
    }

    /** Returns the innermost frame of the campaign's code. */
    private static @Nullable StackTraceElement caller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(
                                frame -> frame.getDeclaringClass().getClassLoader() instanceof CampaignLoader)
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .findFirst())
                .orElse(null);
    }

    void ended(ManagedThread me) {
        flush(me);
    }

    void preempted(ManagedThread me) {
        flush(me);
        preempted = true;
    }

    void blocked(ManagedThread me) {
        flush(me);
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).thread == me) {
                entries.get(i).blocked = true;
                return;
            }
        }
    }

    void returned(ManagedThread me, int site, @Nullable Object value) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            for (int i = entries.size() - 1; i >= 0; i--) {
                Entry entry = entries.get(i);
                if (entry.thread == me && entry.site == site && entry.value == null) {
                    entry.value = text(value);
                    return;
                }
            }
        } finally {
            Uncontrolled.end(engine);
        }
    }

    /** Reads the volatile field that the thread's last operation read or wrote: nobody else has run since. */
    void flush(ManagedThread me) {
        Entry entry = pendingField.remove(me.id);
        if (entry == null) {
            return;
        }
        Site site = Sites.get(entry.site);
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            String ownerName = Objects.requireNonNull(site.fieldOwner(), "a volatile access has a field");
            Class<?> owner = Class.forName(ownerName.replace('/', '.'), false, loader);
            Field field = field(owner, Objects.requireNonNull(site.fieldName(), "a volatile access has a field"));
            if (field != null && field.trySetAccessible()) {
                entry.value = text(field.get(site.isStatic() ? null : entry.object));
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            entry.value = null; // the report then shows no value
        } finally {
            Uncontrolled.end(engine);
        }
    }

    private static @Nullable Field field(Class<?> owner, String name) {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        return null;
    }

    /** Returns the site at which {@code owner} last called a method of the lock that is built on {@code synchronizer}. */
    int whereTaken(ManagedThread owner, Object synchronizer) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.thread == owner && entry.object != null && builtOn(entry.object, synchronizer)) {
                String operation = entry.operation;
                if (operation.contains("ock") && !operation.contains("unlock")) {
                    return entry.site;
                }
            }
        }
        return 0;
    }

    private static boolean builtOn(Object lock, Object synchronizer) {
        try {
            Field sync = field(lock.getClass(), "sync");
            return sync != null && sync.trySetAccessible() && sync.get(lock) == synchronizer;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    void finish() {
        for (Entry entry : List.copyOf(pendingField.values())) {
            flush(entry.thread);
        }
    }

    List<TraceStep> steps() {
        List<TraceStep> steps = new ArrayList<>();
        for (Entry entry : entries) {
            StackTraceElement place = place(entry);
            steps.add(new TraceStep(
                    steps.size() + 1,
                    entry.threadId,
                    entry.threadName,
                    place.getClassName(),
                    place.getMethodName(),
                    Objects.requireNonNullElse(place.getFileName(), ""),
                    Math.max(0, place.getLineNumber()),
                    entry.operation,
                    entry.objectName,
                    Optional.ofNullable(entry.value),
                    entry.preempted,
                    entry.blocked,
                    List.of(),
                    List.of()));
        }
        return steps;
    }

    private static StackTraceElement place(Entry entry) {
        if (entry.place != null) {
            return entry.place;
        }
        if (entry.site == 0) {
            return new StackTraceElement("", "", null, 0);
        }
        Site site = Sites.get(entry.site);
        return new StackTraceElement(site.className(), site.method(), site.sourceFile(), site.line());
    }

    /** Notes what a thread is called now: it may be called otherwise before and after. */
    private String nameOf(ManagedThread thread) {
        while (threadNames.size() <= thread.id) {
            threadNames.add("thread " + threadNames.size());
        }
        String name = thread.name();
        threadNames.set(thread.id, name);
        return name;
    }

    List<String> threadNames() {
        return List.copyOf(threadNames);
    }

    private static String describe(Site site) {
        return switch (site.kind()) {
            case VOLATILE_READ -> "read " + site.target();
            case VOLATILE_WRITE -> "write " + site.target();
            case MONITOR_ENTER -> "enter monitor";
            case MONITOR_EXIT -> "leave monitor";
            default -> site.target();
        };
    }

    private String name(Object object) {
        String known = names.get(object);
        if (known != null) {
            return known;
        }
        String type = object instanceof Class<?> itself ? "class " + simple(itself) : simple(object.getClass());
        String name = type + "#" + counts.merge(type, 1, Integer::sum);
        if (object instanceof Class<?>) {
            name = type;
        } else if (object instanceof Thread thread) {
            name = thread.getName();
        }
        names.put(object, name);
        return name;
    }

    private static String simple(Class<?> type) {
        String name = type.getName();
        String last = name.substring(name.lastIndexOf('.') + 1);
        return type.isArray()
                ? type.getSimpleName()
                : last.substring(last.lastIndexOf('$') + 1).isEmpty()
                        ? last
                        : last.substring(last.lastIndexOf('$') + 1);
    }

    /** Shows a value without running code of the program. */
    private String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.getClass().getName().startsWith("java.lang.") ? value.toString() : name(value);
        }
        if (value instanceof Character) {
            return "'" + value + "'";
        }
        if (value instanceof String string) {
            return '"' + (string.length() > LONGEST_VALUE ? string.substring(0, LONGEST_VALUE) + "…" : string) + '"';
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return name(value);
    }
}
