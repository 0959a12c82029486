package org.concurrentharness.report;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tells what threads do while something does not end. Not for users: its text is part of other reports. */
public final class ThreadDump {
    private static final int MOST_FRAMES = 40;

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
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (!doing.containsKey(thread)
                    && !others.test(thread)
                    && thread != Thread.currentThread()
                    && !isOfTheSystem(thread)) {
                lines.add("Beside them, thread " + thread.getName() + ", " + state(thread));
                append(frames, engine, lines);
            }
        });
        return String.join("\n", lines);
    }

    private static boolean isOfTheSystem(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || group.getParent() == null;
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
