package org.concurrentharness.stress;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells what all threads do while a round does not end. */
final class HangReport {
    private static final int MOST_FRAMES = 40;

    private HangReport() {}

    /**
     * Returns the text.
     *
     * @param workers the threads of the test
     * @param leading what the first of them does when it does not play
     * @param disturbance whose threads are left out
     */
    static String of(List<? extends Worker<?>> workers, String leading, Disturbance disturbance) {
        List<String> lines = new ArrayList<>();
        for (Worker<?> worker : workers) {
            boolean leader = worker == workers.get(0) && workers.stream().noneMatch(Worker::isPlaying);
            String doing = worker.isPlaying()
                    ? "in round " + worker.begun()
                    : leader ? leading : "has ended its part of round " + worker.begun();
            lines.add("Thread " + worker.getName() + ", " + doing + ", " + state(worker));
            append(worker.getStackTrace(), lines);
        }
        for (Map.Entry<Thread, StackTraceElement[]> other :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = other.getKey();
            if (!workers.contains(thread)
                    && !disturbance.has(thread)
                    && thread != Thread.currentThread()
                    && !isOfTheSystem(thread)) {
                lines.add("Beside them, thread " + thread.getName() + ", " + state(thread));
                append(other.getValue(), lines);
            }
        }
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

    private static void append(StackTraceElement[] frames, List<String> lines) {
        for (int i = 0; i < frames.length && i < MOST_FRAMES; i++) {
            if (!frames[i].getClassName().startsWith(HangReport.class.getPackageName() + ".")
                    || frames[i].getClassName().contains("Tests")) {
                lines.add("    at " + frames[i]);
            }
        }
    }
}
