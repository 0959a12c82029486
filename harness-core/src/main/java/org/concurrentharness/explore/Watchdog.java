package org.concurrentharness.explore;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Waits for a campaign's thread and watches it, from the thread that asked for the campaign. Judges by progress and not by the
 * state of a thread: one that waits for a class initialiser is RUNNABLE for ever.
 */
final class Watchdog {
    private static final long LOOK_MILLIS = 200;

    /** No step, and no processor time used: the thread blocks. */
    private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** No step, but processor time used: a computation without a point in code that is not rewritten. */
    private static final long COMPUTING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Watchdog() {}

    static Exploration await(Exploring exploring, Function<String, Exploration> notControlled) {
        Thread thread = exploring.start();
        long seen = -1;
        long since = System.nanoTime();
        long cpuSince = 0;
        boolean interrupted = false;
        while (true) {
            try {
                if (exploring.ended().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true; // passed on below: a campaign bounds itself
            }
            long progress = exploring.progress();
            long now = System.nanoTime();
            if (progress != seen) {
                seen = progress;
                since = now;
                cpuSince = cpu(exploring.real(thread));
            } else if (now - since > BLOCKED_NANOS) {
                Thread real = exploring.real(thread);
                boolean computing = cpu(real) - cpuSince > (now - since) / 10;
                if (!computing || now - since > COMPUTING_NANOS) {
                    String message = describe(real, exploring.runningName(), computing, (now - since) / 1_000_000_000L);
                    exploring.abandon();
                    restore(interrupted);
                    return notControlled.apply(message);
                }
            }
        }
        restore(interrupted);
        return exploring.result();
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long cpu(Thread thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isThreadCpuTimeSupported() ? threads.getThreadCpuTime(JdkInternals.tid(thread)) : 0;
    }

    /** Names a frame without its class loader and module, which say nothing to a reader. */
    private static String text(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                .toString();
    }

    private static String describe(Thread real, String name, boolean computing, long seconds) {
        StackTraceElement[] stack = real.getStackTrace();
        StringBuilder message = new StringBuilder();
        message.append("Thread ")
                .append(name)
                .append(computing ? " has computed for " : " has blocked for ")
                .append(seconds)
                .append(computing ? " s without a scheduling point" : " s where the harness cannot schedule");
        String inner = "";
        String outer = "";
        for (StackTraceElement frame : stack) {
            if (inner.isEmpty()) {
                inner = text(frame);
            }
            if (outer.isEmpty() && isCampaign(frame)) {
                outer = text(frame);
            }
        }
        if (!inner.isEmpty()) {
            message.append(": in ").append(inner);
            if (!outer.isEmpty() && !outer.equals(inner)) {
                message.append(", called at ").append(outer);
            }
        }
        message.append(
                        ". Native code, sockets, files, class initialisers and locks of code outside the campaign cannot be")
                .append(
                        " controlled: replace them in this test by something in memory, move the package into the campaign")
                .append(" with inside = \"...\", or test it with real threads.");
        return message.toString();
    }

    /** The campaign's class loader has no name, and its classes are in no module; of the boot loader only the probe is like that. */
    private static boolean isCampaign(StackTraceElement frame) {
        return frame.getModuleName() == null
                && frame.getClassLoaderName() == null
                && !frame.getClassName().startsWith("org.concurrentharness.probe.");
    }
}
