package org.concurrentharness.explore;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.concurrentharness.agent.Locations;
import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;
import org.jspecify.annotations.Nullable;

/** Tells a data race to somebody who meets one for the first time: which variable, what nearly orders the accesses, the mend. */
final class RaceStory {
    private static final Set<Class<?>> COUNTERS =
            Set.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class);

    private final Sighting sighting;
    private final List<TraceStep> trace;
    private final Site first;
    private final Site second;
    private final @Nullable Field field;

    RaceStory(Sighting sighting, ClassLoader loader) {
        this(sighting, loader, List.of());
    }

    RaceStory(Sighting sighting, ClassLoader loader, List<TraceStep> trace) {
        this.sighting = sighting;
        this.trace = trace;
        this.first = Sites.get(sighting.firstSite());
        this.second = Sites.get(sighting.secondSite());
        this.field = field(sighting, loader);
    }

    /** Tells what is known without a record of the execution. */
    DataRace tell() {
        return tell(
                simple(sighting.owner()),
                sighting.element(),
                -1,
                access(first, sighting.firstThread(), sighting.firstName(), sighting.firstWrites()),
                access(second, sighting.secondThread(), sighting.secondName(), sighting.secondWrites()));
    }

    private DataRace.Access access(Site site, int thread, String name, boolean writes) {
        return new DataRace.Access(
                thread,
                name,
                operation(site, writes, sighting.owner()),
                site.element(),
                List.of(site.element()),
                List.of(),
                Optional.empty(),
                OptionalInt.empty());
    }

    DataRace tell(String owner, boolean element, int index, DataRace.Access one, DataRace.Access other) {
        return new DataRace(
                variable(owner, element, index), one, other, synchronization(one, other), mend(element, one, other));
    }

    private static String operation(Site site, boolean writes) {
        boolean plain =
                site.fieldName() != null || site.kind() == Site.Kind.ARRAY_READ || site.kind() == Site.Kind.ARRAY_WRITE;
        return plain ? (writes ? "write" : "read") : site.target();
    }

    /** Returns what was called: of a collection, by its own class and not by the interface that it was reached through. */
    static String operation(Site site, boolean writes, String owner) {
        String operation = operation(site, writes);
        int dot = operation.indexOf('.');
        if (dot < 0 || !owner.startsWith("java.")) {
            return operation;
        }
        try {
            ClassLoader loader = RaceStory.class.getClassLoader();
            Class<?> type = Class.forName("java.util." + operation.substring(0, dot), false, loader);
            Class<?> own = Class.forName(owner, false, loader);
            return type.isAssignableFrom(own) ? simple(owner) + operation.substring(dot) : operation;
        } catch (ClassNotFoundException e) {
            return operation; // of another package, or an array
        }
    }

    private String variable(String owner, boolean element, int index) {
        if (element) {
            return (index < 0 ? "an element of " : "element " + index + " of ") + owner;
        }
        Site named = first.fieldName() != null ? first : second;
        if (named.fieldName() != null) {
            return named.target();
        }
        return field != null ? simple(field.getDeclaringClass().getName()) + "." + field.getName() : owner;
    }

    // ---- what was nearly there --------------------------------------------------------------------------------------

    private String synchronization(DataRace.Access one, DataRace.Access other) {
        String atomic = mixed();
        if (!atomic.isEmpty()) {
            return atomic;
        }
        if (!one.locks().isEmpty() && !other.locks().isEmpty()) {
            return "Both hold a lock, but not the same one: the " + verb(one, sighting.firstWrites())
                    + " is guarded by " + locks(one) + ", the " + verb(other, sighting.secondWrites()) + " by "
                    + locks(other) + ".";
        }
        if (!one.locks().isEmpty() || !other.locks().isEmpty()) {
            DataRace.Access guarded = one.locks().isEmpty() ? other : one;
            boolean guardedWrites = guarded == one ? sighting.firstWrites() : sighting.secondWrites();
            boolean bareWrites = guarded == one ? sighting.secondWrites() : sighting.firstWrites();
            DataRace.Access bare = guarded == one ? other : one;
            return "The " + verb(guarded, guardedWrites) + " is guarded by " + locks(guarded) + ", the "
                    + (guardedWrites == bareWrites ? "other " : "") + verb(bare, bareWrites) + " by nothing.";
        }
        String late = tooEarly(one, other);
        if (!late.isEmpty()) {
            return late;
        }
        if (field != null && !field.getType().isPrimitive() && isPublication()) {
            return "The object is published without volatile: the reader may see the reference before what was written to the"
                    + " object.";
        }
        return "Neither holds a lock, and nothing that both threads do orders one access before the other.";
    }

    private String mixed() {
        boolean firstAtomic = isAtomic(first);
        boolean secondAtomic = isAtomic(second);
        if (firstAtomic == secondAtomic) {
            return "";
        }
        return "One access is atomic (" + (firstAtomic ? first : second).target() + "), the other is a plain one.";
    }

    private static boolean isAtomic(Site site) {
        return site.kind() == Site.Kind.UPDATE
                || site.kind() == Site.Kind.VOLATILE_READ
                || site.kind() == Site.Kind.VOLATILE_WRITE;
    }

    /** Looks for a release by the first thread that the second has acquired, but that came before the access. */
    private String tooEarly(DataRace.Access one, DataRace.Access other) {
        if (one.step().isEmpty() || other.step().isEmpty() || one.thread() == other.thread()) {
            return "";
        }
        int from = one.step().getAsInt();
        for (int i = Math.min(other.step().getAsInt(), trace.size()) - 1; i >= 0; i--) {
            TraceStep step = trace.get(i);
            if (step.thread() != other.thread()) {
                continue;
            }
            for (int earlier : step.after()) {
                TraceStep release = trace.get(earlier - 1);
                if (release.thread() == one.thread()
                        && earlier < from
                        && !release.operation().startsWith("start ")) {
                    return "The threads synchronize too early: " + other.threadName() + " is ordered after \""
                            + release.operation() + "\" of " + one.threadName() + " (line " + release.line()
                            + "), but the " + verb(one, sighting.firstWrites()) + " comes only after that.";
                }
            }
        }
        return "";
    }

    private boolean isPublication() {
        return sighting.firstWrites() != sighting.secondWrites();
    }

    private static String verb(DataRace.Access access, boolean writes) {
        String operation = access.operation();
        return operation.indexOf('.') >= 0 ? operation : writes ? "write" : "read";
    }

    private static String locks(DataRace.Access access) {
        return String.join(" and ", access.locks());
    }

    // ---- the mend ---------------------------------------------------------------------------------------------------

    private String mend(boolean element, DataRace.Access one, DataRace.Access other) {
        String name =
                field != null ? field.getName() : first.fieldName() != null ? first.fieldName() : second.fieldName();
        if (element) {
            return "Guard both accesses by the same lock, or use an AtomicIntegerArray, AtomicLongArray or"
                    + " AtomicReferenceArray.";
        }
        if (name == null) {
            return collectionMend();
        }
        if (!mixed().isEmpty()) {
            return "Make every access of " + name + " an atomic one, or guard all of them by the same lock.";
        }
        Class<?> type = field == null ? Object.class : field.getType();
        String sameLock = "Guard every access of " + name + " by the same lock";
        if (!one.locks().isEmpty() && !other.locks().isEmpty()) {
            return sameLock + ".";
        }
        boolean counts = COUNTERS.contains(type);
        if (one.locks().isEmpty() != other.locks().isEmpty()) {
            DataRace.Access bare = one.locks().isEmpty() ? one : other;
            boolean bareWrites = bare == one ? sighting.firstWrites() : sighting.secondWrites();
            String held = locks(bare == one ? other : one);
            return "Take the same lock (here " + held + ") around the " + verb(bare, bareWrites) + ", too"
                    + (bareWrites ? "." : ", or declare " + name + " volatile.");
        }
        if (counts && (isUpdate(one) || isUpdate(other))) {
            return sameLock + ", or make it an "
                    + (type == long.class || type == Long.class ? "AtomicLong" : "AtomicInteger")
                    + "; volatile alone does not make an update like " + name + "++ atomic.";
        }
        if (type == boolean.class) {
            return "Declare " + name + " volatile.";
        }
        return "Declare " + name
                + " volatile if it is only read and set; where it is set to what follows from what was read,"
                + " guard every access by the same lock.";
    }

    /** Returns whether the thread has read what it writes, in the same line: {@code count++}. */
    private boolean isUpdate(DataRace.Access access) {
        if (access.step().isEmpty() || !access.operation().equals("write")) {
            return false;
        }
        TraceStep write = trace.get(access.step().getAsInt() - 1);
        for (int i = write.number() - 2; i >= 0; i--) {
            TraceStep earlier = trace.get(i);
            if (earlier.thread() == write.thread()) {
                return earlier.line() == write.line()
                        && earlier.object().equals(write.object())
                        && earlier.operation().equals(write.operation().replaceFirst("write", "read"));
            }
        }
        return false;
    }

    private String collectionMend() {
        String target = first.target();
        String type = target.substring(0, Math.max(0, target.indexOf('.')));
        String instead = switch (type) {
            case "HashMap", "Map", "LinkedHashMap", "TreeMap", "AbstractMap", "EnumMap", "WeakHashMap" ->
                ", or use a ConcurrentHashMap or ConcurrentSkipListMap";
            case "HashSet", "Set", "LinkedHashSet", "TreeSet" -> ", or use ConcurrentHashMap.newKeySet()";
            case "ArrayList", "List", "LinkedList" -> ", or use a CopyOnWriteArrayList if it is rarely changed";
            case "ArrayDeque", "Deque", "Queue", "PriorityQueue" -> ", or use a queue of java.util.concurrent";
            case "SimpleDateFormat", "DateFormat" -> ", or use a DateTimeFormatter, which is immutable";
            case "StringBuilder" -> ", or give each thread its own";
            default -> "";
        };
        return "Guard every use of it by the same lock" + instead + ".";
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    /** Returns the field that the accesses are of, or null for an element, a collection, or one that cannot be told. */
    static @Nullable Field field(Sighting sighting, ClassLoader loader) {
        if (sighting.element()) {
            return null;
        }
        Site first = Sites.get(sighting.firstSite());
        Site named = first.fieldOwner() != null ? first : Sites.get(sighting.secondSite());
        String owner = named.fieldOwner() != null ? named.fieldOwner().replace('/', '.') : sighting.owner();
        try {
            return owner.isEmpty() ? null : Locations.field(Class.forName(owner, false, loader), sighting.location());
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // the report then says less
        }
    }
}
