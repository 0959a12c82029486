package org.concurrentharness.agent;

import java.util.Set;

/**
 * Chooses the JDK classes that are rewritten.
 *
 * <p>Those whose instances campaign code waits in, reads the time from, or starts threads with. Everything else of the JDK keeps
 * its bytes: it neither blocks nor differs between executions, or its blocking is found by the watchdog.
 */
final class JdkClasses {
    /** Rewritten beside those of the packages below, all by their internal names. */
    private static final Set<String> CHOSEN = Set.of(
            "java/lang/Thread",
            "java/lang/Thread$ThreadIdentifiers",
            "java/lang/Thread$ThreadNumbering",
            "java/lang/ThreadBuilders",
            "java/lang/ThreadBuilders$BoundVirtualThread",
            "java/lang/ThreadGroup",
            "java/lang/invoke/MethodHandle",
            "java/util/Date",
            "java/util/GregorianCalendar",
            "java/util/Random",
            "java/util/Timer",
            "java/util/Timer$ThreadReaper",
            "java/util/TimerTask",
            "java/util/TimerThread",
            "sun/security/provider/DRBG",
            "sun/security/provider/NativePRNG",
            "sun/security/provider/NativePRNG$Blocking",
            "sun/security/provider/NativePRNG$NonBlocking");

    private static final String CONCURRENT = "java/util/concurrent/";

    /** By-passed by the hooks of LockSupport, or not to be touched for what they do themselves. */
    private static final Set<String> KEEP_PARKING = Set.of(
            "java/util/concurrent/locks/LockSupport",
            "java/lang/ThreadBuilders$BoundVirtualThread",
            "java/lang/VirtualThread");

    /** Of java.util.concurrent, but not for synchronizing; or hooked at their entries. */
    private static final Set<String> QUIET = Set.of(
            "java/util/concurrent/Executors",
            "java/util/concurrent/ThreadLocalRandom",
            "java/util/concurrent/TimeUnit",
            "java/util/concurrent/locks/LockSupport");

    private JdkClasses() {}

    static boolean isCandidate(String name) {
        return name.startsWith(CONCURRENT)
                || name.startsWith("java/util/Collections$Synchronized")
                || name.startsWith("java/util/ImmutableCollections")
                || name.startsWith("java/util/Vector$")
                || name.startsWith("java/util/Hashtable$")
                || name.startsWith("java/time/Clock")
                || CHOSEN.contains(name);
    }

    /** Returns whether the calls in a class are rewritten: all but those of the classes that are hooked at their entries. */
    static boolean rewritesCalls(String name) {
        return !name.startsWith("java/lang/") && !KEEP_PARKING.contains(name);
    }

    /** Returns whether managed threads lock something else in place of a class's monitors, since it waits at them. */
    static boolean waitsAtMonitors(String name) {
        return name.startsWith("java/util/Timer");
    }

    /** Returns whether a class's monitors have shadows: those under which it calls back, or that its callers contend for. */
    static boolean shadowsMonitors(String name) {
        return name.startsWith(CONCURRENT)
                || name.startsWith("java/util/Collections$Synchronized")
                || name.startsWith("java/util/Vector$")
                || name.startsWith("java/util/Hashtable$")
                || name.startsWith("java/util/Timer");
    }

    /**
     * Returns whether a class's synchronizing accesses of memory are reported: user code synchronizes by it, so that what happens
     * before what would be unknown otherwise.
     */
    static boolean reportsMemory(String name) {
        return name.startsWith(CONCURRENT) && !QUIET.contains(name) && !isUpdater(name);
    }

    /** The accesses that are made through field updaters are reported where they are made. */
    private static boolean isUpdater(String name) {
        return name.startsWith("java/util/concurrent/atomic/") && name.contains("FieldUpdater");
    }

    /** Returns whether a class is in one of some packages, or below, and reports its plain accesses for that. */
    static boolean isInside(String name, Set<String> packages) {
        if (name.startsWith(CONCURRENT) || name.startsWith("java/lang/")) {
            return false;
        }
        String dotted = name.replace('/', '.');
        for (String each : packages) { // no stream: called while classes that streams need are being loaded
            if (dotted.startsWith(each + ".")) {
                return true;
            }
        }
        return false;
    }
}
