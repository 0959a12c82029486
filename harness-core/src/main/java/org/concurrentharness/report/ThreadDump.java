package org.concurrentharness.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells what threads do while something does not end. Not for users: its text is part of other reports. */
public final class ThreadDump {
    private static final int MOST_FRAMES = 40;

    private static final List<String> PLATFORM = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
    private static final List<String> RUNNERS = List.of(
            "org.junit.",
            "org.apache.maven.",
            "org.gradle.",
            "worker.org.gradle.",
            "com.intellij.rt.",
            "org.eclipse.jdt.internal.junit");

    /** By name, for those that wait in classes of the platform only. */
    private static final List<String> RUNNERS_THREADS = List.of("surefire-forkedjvm-");

    /** The group of threads that the JDK starts for itself, such as the one that runs cleaners. */
    private static final String OF_THE_JVM = "InnocuousThreadGroup";

    private ThreadDump() {}

    /**
     * Returns the text.
     *
     * @param doing the threads that it is about, in order, and what is known of each
     * @param others which other threads are left out
     * @param engine the package whose frames say nothing
     */
    public static String of(Map<? extends Thread, String> doing, Predicate<? super Thread> others, String engine) {
        List<String> lines = new ArrayList<>();
        doing.forEach((thread, what) -> {
            lines.add("Thread " + thread.getName() + ", " + what + ", " + state(thread));
            append(thread.getStackTrace(), engine, lines);
        });
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        Set<Long> owners = owners();
        all.forEach((thread, frames) -> {
            if (!doing.containsKey(thread)
                    && !others.test(thread)
                    && thread != Thread.currentThread()
                    && (owners.contains(thread.getId()) || !isOfTheSystem(thread, frames))) {
                lines.add("Beside them, thread " + thread.getName() + ", " + state(thread));
                append(frames, engine, lines);
            }
        });
        return String.join("\n", lines);
    }

    /** Returns the threads that hold what others wait for. */
    private static Set<Long> owners() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull) // ended meanwhile
                .map(ThreadInfo::getLockOwnerId)
                .collect(Collectors.toSet());
    }

    /** Returns whether a thread is the JVM's or the test runner's and in nobody else's code, as a finalizer or a test would be. */
    private static boolean isOfTheSystem(Thread thread, StackTraceElement[] frames) {
        List<String> classes =
                Arrays.stream(frames).map(StackTraceElement::getClassName).toList();
        boolean ofRunner = classes.stream().anyMatch(name -> isOf(RUNNERS, name));
        return classes.stream().allMatch(name -> isOf(PLATFORM, name) || isOf(RUNNERS, name))
                && (ofRunner || isOfTheJvm(thread) || isOf(RUNNERS_THREADS, thread.getName()));
    }

    private static boolean isOfTheJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || group.getParent() == null || group.getName().equals(OF_THE_JVM);
    }

    private static boolean isOf(List<String> prefixes, String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private static String state(Thread thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        if (info == null) {
            return "ended";
        }
        String lock = info.getLockName() == null ? "" : " on " + info.getLockName();
        String owner = info.getLockOwnerName() == null ? "" : ", which " + info.getLockOwnerName() + " holds";
        return info.getThreadState() + lock + owner;
    }

    private static void append(StackTraceElement[] frames, String engine, List<String> lines) {
        for (int i = 0; i < frames.length && i < MOST_FRAMES; i++) {
            if (!frames[i].getClassName().startsWith(engine + ".")
                    || frames[i].getClassName().contains("Tests")) {
                lines.add("    at " + frames[i]);
            }
        }
    }
}
