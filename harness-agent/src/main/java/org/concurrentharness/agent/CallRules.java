package org.concurrentharness.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which calls of campaign code are scheduling points, and which are replaced. */
final class CallRules {
    private static final String OBJECT = "java/lang/Object";
    private static final String THREAD = "java/lang/Thread";
    private static final String STAMPED_LOCK = "java/util/concurrent/locks/StampedLock";
    private static final String TIME_UNIT = "java/util/concurrent/TimeUnit";

    /** Replaced calls, by declaring class, name and descriptor. */
    private static final Map<String, CallRule> REPLACED = new HashMap<>();

    static {
        replace(Site.Kind.WAIT, OBJECT, "wait", "monitorWait", "()V", "(J)V", "(JI)V");
        replace(Site.Kind.NOTIFY, OBJECT, "notify", "monitorNotify", "()V");
        replace(Site.Kind.NOTIFY, OBJECT, "notifyAll", "monitorNotifyAll", "()V");
        replace(Site.Kind.JOIN, THREAD, "join", "join", "()V", "(J)V", "(JI)V", "(Ljava/time/Duration;)Z");
        replace(Site.Kind.ALIVE, THREAD, "isAlive", "isAlive", "()Z");
        replace(Site.Kind.SLEEP, THREAD, "sleep", "sleep", "(J)V", "(JI)V", "(Ljava/time/Duration;)V");
        replace(Site.Kind.YIELD, THREAD, "yield", "yield", "()V");
        replace(Site.Kind.YIELD, THREAD, "onSpinWait", "onSpinWait", "()V");
        // the real monitor is not held, and these reach the real methods with a number of class TimeUnit in between
        replace(Site.Kind.WAIT, TIME_UNIT, "timedWait", "timedWait", "(Ljava/lang/Object;J)V");
        replace(Site.Kind.JOIN, TIME_UNIT, "timedJoin", "timedJoin", "(Ljava/lang/Thread;J)V");
        replace(Site.Kind.SLEEP, TIME_UNIT, "sleep", "sleep", "(J)V");
        replace(Site.Kind.CALL, STAMPED_LOCK, "tryOptimisticRead", "tryOptimisticRead", "()J");
        replace(Site.Kind.CALL, STAMPED_LOCK, "tryConvertToOptimisticRead", "tryConvertToOptimisticRead", "(J)J");
        replace(Site.Kind.CALL, STAMPED_LOCK, "tryConvertToReadLock", "tryConvertToReadLock", "(J)J");
        replace(Site.Kind.CALL, STAMPED_LOCK, "tryConvertToWriteLock", "tryConvertToWriteLock", "(J)J");
        replace(Site.Kind.CALL, STAMPED_LOCK, "validate", "validate", "(J)Z");
        replaceQuietly(THREAD, "holdsLock", "(Ljava/lang/Object;)Z", "holdsLock");
        replaceQuietly("java/lang/System", "nanoTime", "()J", "nanoTime");
        replaceQuietly("java/lang/System", "currentTimeMillis", "()J", "currentTimeMillis");
        replaceQuietly("java/lang/System", "exit", "(I)V", "systemExit");
        replaceQuietly("java/lang/Runtime", "exit", "(I)V", "exit");
        replaceQuietly("java/lang/Runtime", "halt", "(I)V", "halt");
        replaceQuietly("java/util/UUID", "randomUUID", "()Ljava/util/UUID;", "randomUUID");
        replaceQuietly("sun/misc/Unsafe", "park", "(ZJ)V", "unsafePark");
        replaceQuietly("sun/misc/Unsafe", "unpark", "(Ljava/lang/Object;)V", "unsafeUnpark");
        replaceQuietly("jdk/internal/misc/Unsafe", "park", "(ZJ)V", "unsafePark");
        replaceQuietly("jdk/internal/misc/Unsafe", "unpark", "(Ljava/lang/Object;)V", "unsafeUnpark");
    }

    /** Names of the replaced methods: a cheap first look, since most calls are none of these. */
    private static final Set<String> REPLACED_NAMES = names();

    /** Classes of {@code java.util.concurrent} that neither synchronize nor wait, or that only user code implements. */
    private static final Set<String> PURE = Set.of(
            "java/util/concurrent/Callable",
            "java/util/concurrent/Delayed",
            "java/util/concurrent/Executors",
            "java/util/concurrent/ThreadFactory",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/concurrent/RejectedExecutionHandler",
            "java/util/concurrent/ForkJoinPool$ForkJoinWorkerThreadFactory",
            TIME_UNIT);

    /** Static methods that make things, or compute, of whichever class. */
    private static final Set<String> PURE_STATICS = Set.of(
            "adapt",
            "completedFuture",
            "completedStage",
            "copyOf",
            "defaultBufferSize",
            "entry",
            "failedFuture",
            "failedStage",
            "inForkJoinPool",
            "newKeySet",
            "newUpdater",
            "of",
            "ofEntries");

    private static final Set<String> SYNCHRONIZED = Set.of(
            "java/util/Vector",
            "java/util/Hashtable",
            "java/util/Stack",
            "java/util/Properties",
            "java/lang/StringBuffer");

    /** Static types through which a concurrent collection may be reached. */
    private static final Set<String> COLLECTIONS = Set.of(
            "java/lang/Iterable",
            "java/util/AbstractCollection",
            "java/util/AbstractList",
            "java/util/AbstractMap",
            "java/util/AbstractQueue",
            "java/util/AbstractSet",
            "java/util/Collection",
            "java/util/Deque",
            "java/util/Dictionary",
            "java/util/Enumeration",
            "java/util/Iterator",
            "java/util/List",
            "java/util/ListIterator",
            "java/util/Map",
            "java/util/NavigableMap",
            "java/util/NavigableSet",
            "java/util/Queue",
            "java/util/SequencedCollection",
            "java/util/SequencedMap",
            "java/util/SequencedSet",
            "java/util/Set",
            "java/util/SortedMap",
            "java/util/SortedSet");

    /** Classes whose users must synchronize, by their own names. */
    private static final Set<String> UNSYNCHRONIZED = Set.of(
            "java/lang/StringBuilder",
            "java/text/DateFormat",
            "java/text/DecimalFormat",
            "java/text/NumberFormat",
            "java/text/SimpleDateFormat",
            "java/util/ArrayDeque",
            "java/util/ArrayList",
            "java/util/BitSet",
            "java/util/Calendar",
            "java/util/EnumMap",
            "java/util/EnumSet",
            "java/util/GregorianCalendar",
            "java/util/HashMap",
            "java/util/HashSet",
            "java/util/IdentityHashMap",
            "java/util/LinkedHashMap",
            "java/util/LinkedHashSet",
            "java/util/LinkedList",
            "java/util/PriorityQueue",
            "java/util/TreeMap",
            "java/util/TreeSet",
            "java/util/WeakHashMap");

    private static final Set<String> OF_OBJECT =
            Set.of("toString", "hashCode", "equals", "getClass", "clone", "finalize");

    private static final Set<String> THREAD_POINTS = Set.of("interrupt", "isInterrupted", "interrupted", "getState");

    private final Hierarchy.View hierarchy;
    private final boolean plain;

    /**
     * Creates the rules for what a loader sees.
     *
     * @param plain whether calls of classes whose users must synchronize are reported
     */
    CallRules(Hierarchy.View hierarchy, boolean plain) {
        this.hierarchy = hierarchy;
        this.plain = plain;
    }

    /** Returns what becomes of a call, or null when it stays as it is. */
    @Nullable
    CallRule find(String owner, String name, String descriptor, boolean isStatic) {
        if (name.charAt(0) == '<' || (isStatic && PURE_STATICS.contains(name))) {
            return null;
        }
        if (plain && isStatic && name.equals("arraycopy") && owner.equals("java/lang/System")) {
            return CallRule.replace(Site.Kind.CALL, owner, "arraycopy");
        }
        boolean replaceable = REPLACED_NAMES.contains(name);
        // final in Object, so they need no look at the hierarchy; also called on arrays
        if (replaceable) {
            CallRule rule = REPLACED.get(OBJECT + '.' + name + descriptor);
            if (rule != null) {
                return rule;
            }
        }
        if (owner.charAt(0) == '[') {
            return null;
        }
        if (Hierarchy.isJdk(owner)) {
            return ofJdk(owner, name, descriptor, replaceable);
        }
        if (!hierarchy.inheritsFromJdk(owner)) {
            return null;
        }
        Hierarchy.Member found = hierarchy.method(owner, name, descriptor);
        return found == null || !Hierarchy.isJdk(found.owner())
                ? null
                : ofJdk(found.owner(), name, descriptor, replaceable);
    }

    /** Returns the JDK's class that declares a method, or null when none does. */
    @Nullable
    String declaringJdkClass(String owner, String name, String descriptor) {
        if (owner.charAt(0) == '[' || Hierarchy.isJdk(owner)) {
            return owner;
        }
        if (name.charAt(0) == '<' || !hierarchy.inheritsFromJdk(owner)) {
            return null;
        }
        Hierarchy.Member found = hierarchy.method(owner, name, descriptor);
        return found == null || !Hierarchy.isJdk(found.owner()) ? null : found.owner();
    }

    private @Nullable CallRule ofJdk(String owner, String name, String descriptor, boolean replaceable) {
        if (replaceable) {
            CallRule rule = REPLACED.get(owner + '.' + name + descriptor);
            if (rule != null) {
                return rule;
            }
        }
        if (OF_OBJECT.contains(name)) {
            return null;
        }
        Site.Kind access = Accesses.kind(owner, name, descriptor);
        if (access != null) {
            return CallRule.access(access, owner);
        }
        if (MemoryModes.ofFence(owner, name, descriptor) != null) {
            return CallRule.fence(owner);
        }
        if (owner.startsWith("java/util/concurrent/")) {
            if (PURE.contains(owner) || givesLock(name, descriptor)) {
                return null;
            }
            // what user code receives, and calls on what the JDK gave it: only the receiver tells
            return owner.startsWith("java/util/concurrent/Flow$") ? CallRule.maybe(owner) : CallRule.point(owner);
        }
        if (COLLECTIONS.contains(owner)) {
            return CallRule.maybe(owner);
        }
        if (plain && UNSYNCHRONIZED.contains(owner)) {
            return CallRule.collection(owner);
        }
        if (SYNCHRONIZED.contains(owner)) {
            return CallRule.synchronizedPoint(owner);
        }
        boolean point = switch (owner) {
            case THREAD -> THREAD_POINTS.contains(name);
            case "java/util/Timer" -> true;
            case "java/util/TimerTask" -> name.equals("cancel");
            default -> false;
        };
        return point ? CallRule.point(owner) : null;
    }

    /** Returns whether a call only returns another view of a lock: {@code StampedLock.readLock} takes it, and returns a number. */
    private static boolean givesLock(String name, String descriptor) {
        return (name.endsWith("Lock") || name.equals("newCondition"))
                && descriptor.startsWith("()Ljava/util/concurrent/locks/");
    }

    private static void replace(Site.Kind kind, String owner, String name, String probe, String... descriptors) {
        for (String descriptor : descriptors) {
            REPLACED.put(owner + '.' + name + descriptor, CallRule.replace(kind, owner, probe));
        }
    }

    private static void replaceQuietly(String owner, String name, String descriptor, String probe) {
        REPLACED.put(owner + '.' + name + descriptor, CallRule.replaceQuietly(owner, probe));
    }

    private static Set<String> names() {
        HashSet<String> names = new HashSet<>();
        for (String key : REPLACED.keySet()) {
            names.add(key.substring(key.indexOf('.') + 1, key.indexOf('(')));
        }
        return Set.copyOf(names);
    }
}
