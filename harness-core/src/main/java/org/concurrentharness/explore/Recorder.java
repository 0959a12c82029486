package org.concurrentharness.explore;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

        /** The index of the array's element, -1 for none. */
        int index = -1;

        @Nullable
        String value;

        boolean blocked;

        /** The plain access that this is has been told of. */
        boolean accessed;

        /** The locks that the thread held before. */
        final List<String> locks;

        /** What this was ordered after directly. */
        final Set<Entry> after = new LinkedHashSet<>();

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
                boolean preempted,
                List<String> locks) {
            this.thread = thread;
            this.threadId = thread.id;
            this.threadName = threadName;
            this.site = site;
            this.operation = operation;
            this.object = object;
            this.objectName = name;
            this.preempted = preempted;
            this.locks = locks;
        }
    }

    private final ClassLoader loader;
    private final List<Entry> entries = new ArrayList<>();
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Integer, Entry> pendingField = new HashMap<>();
    private final Map<Integer, Entry> last = new HashMap<>();

    /** What the next operation of a thread that has done none yet is ordered after. */
    private final Map<Integer, Entry> startedBy = new HashMap<>();

    private final IdentityHashMap<Shadow, Entry> releasedAt = new IdentityHashMap<>();
    private final HeldLocks held = new HeldLocks(this::name);
    private final RaceRecord raceRecord;
    private boolean preempted;
    private final List<String> threadNames = new ArrayList<>();

    /**
     * Creates a recorder of one execution.
     *
     * @param loader where the program's classes are
     * @param racySites the places whose accesses shall be recorded although they are no points
     */
    Recorder(ClassLoader loader, Set<Integer> racySites) {
        this.loader = loader;
        this.raceRecord = new RaceRecord(racySites);
    }

    void operation(ManagedThread me, int site, @Nullable Object object) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            flush(me);
            if (site == 0) {
                return;
            }
            held.meet(object);
            add(me, site, describe(Sites.get(site)), object);
        } finally {
            Uncontrolled.end(engine);
        }
    }

    private Entry add(ManagedThread me, int site, String operation, @Nullable Object object) {
        Entry entry = new Entry(
                me,
                nameOf(me),
                site,
                operation,
                object,
                object == null ? "" : name(object),
                preempted,
                held.namesOf(me));
        preempted = false;
        entries.add(entry);
        last.put(me.id, entry);
        Entry start = startedBy.remove(me.id);
        if (start != null) {
            entry.after.add(start);
        }
        Site.Kind kind = Sites.get(site).kind();
        if (kind != Site.Kind.UPDATE && (kind.reads() || kind.writes()) && !operation.startsWith("VarHandle.")) {
            pendingField.put(me.id, entry);
        }
        return entry;
    }

    // ---- plain accesses and races -----------------------------------------------------------------------------------

    /** Notes a plain access at a place that has raced. */
    void access(ManagedThread me, Variable variable, int site) {
        if (!raceRecord.wants(site)) {
            return;
        }
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            Entry entry = last.get(me.id);
            if (entry == null || entry.site != site || entry.accessed) {
                flush(me);
                entry = add(me, site, describe(Sites.get(site)), Sites.get(site).isStatic() ? null : variable.owner);
            }
            entry.accessed = true;
            if (variable.isElement()) {
                entry.index = variable.index();
            }
            raceRecord.access(me, variable, site, entry.threadName, entry.locks, entries.indexOf(entry) + 1);
        } finally {
            Uncontrolled.end(engine);
        }
    }

    void raced(Variable variable, Sighting sighting) {
        Object owner = variable.owner;
        raceRecord.raced(variable, sighting, owner == null ? "" : name(owner));
    }

    /** Returns the races that this execution has shown, by their keys. */
    Map<String, DataRace> races() {
        return raceRecord.races(loader, steps());
    }

    // ---- what orders what -------------------------------------------------------------------------------------------

    void acquired(ManagedThread me, Shadow shadow) {
        after(me, releasedAt.get(shadow));
    }

    void released(ManagedThread me, Shadow shadow) {
        Entry entry = last.get(me.id);
        if (entry != null) {
            releasedAt.put(shadow, entry);
        }
    }

    void joined(ManagedThread me, ManagedThread ended) {
        after(me, last.get(ended.id));
    }

    private void after(ManagedThread me, @Nullable Entry earlier) {
        Entry entry = last.get(me.id);
        if (entry != null && earlier != null && earlier.thread != me) {
            entry.after.add(earlier);
        }
    }

    void locked(ManagedThread me, Shadow monitor) {
        held.locked(me, monitor);
    }

    void unlocked(ManagedThread me, Shadow monitor) {
        held.unlocked(me, monitor);
    }

    // ---- threads ----------------------------------------------------------------------------------------------------

    void started(ManagedThread parent, ManagedThread child) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            flush(parent);
            Thread thread = child.thread();
            if (thread.getName().isBlank()) {
                names.put(thread, child.name()); // one of the harness's own, which it has from now on
            }
            Entry entry = add(parent, 0, "start " + child.name(), null);
            entry.place = caller(); // a start is no scheduling point, and has no site
            startedBy.put(child.id, entry);
            raceRecord.started(child, entry.place);
        } finally {
            Uncontrolled.end(engine);
        }
    }

    /** Notes that a thread waits for another to end, where the harness itself called join. */
    void joins(ManagedThread me, ManagedThread other) {
        @Nullable ProbeListener engine = Uncontrolled.begin();
        try {
            flush(me);
            add(me, 0, "join " + other.name(), null);
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
            if (entry.index >= 0 && entry.object != null) {
                entry.value =
                        entry.index < Array.getLength(entry.object) ? text(Array.get(entry.object, entry.index)) : null;
                return;
            }
            if (site.fieldName() == null) {
                return;
            }
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
        Map<Entry, Integer> numbers = new HashMap<>();
        for (Entry entry : entries) {
            numbers.put(entry, numbers.size() + 1);
        }
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
                    locksAfter(entry),
                    entry.after.stream().map(numbers::get).sorted().toList()));
        }
        return steps;
    }

    /** Those that the thread held before its next step; after its last one, none are left that matter. */
    private List<String> locksAfter(Entry entry) {
        for (int i = entries.indexOf(entry) + 1; i < entries.size(); i++) {
            if (entries.get(i).thread == entry.thread) {
                return entries.get(i).locks;
            }
        }
        return entry.locks;
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
            case VOLATILE_READ, READ -> site.fieldName() == null ? site.target() : "read " + site.target();
            case VOLATILE_WRITE, WRITE -> site.fieldName() == null ? site.target() : "write " + site.target();
            case ARRAY_READ -> "read element";
            case ARRAY_WRITE -> "write element";
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
            name = thread.getName().isBlank() ? name : thread.getName();
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
