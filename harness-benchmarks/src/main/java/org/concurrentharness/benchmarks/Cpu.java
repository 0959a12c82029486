package org.concurrentharness.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Processor time, and what to make of several measurements of it. */
final class Cpu {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Cpu() {}

    /** Returns the processor time that this JVM has used, in all its threads, compilers and collectors among them. */
    static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /**
     * Returns the processor time that the threads of this JVM that compile have used, of those that still live; 0 where the
     * system does not tell.
     */
    static long compilerNanos() {
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).contains("CompilerThre")) {
                    String[] times = Files.readString(task.resolve("schedstat")).split(" ", -1);
                    sum += Long.parseLong(times[0]);
                }
            }
        } catch (IOException e) {
            // no such files on this system, or a thread that ended while it was looked at
            return 0;
        }
        return sum;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns what the figures were measured on, for the head of a table. */
    static String machine() {
        return "JDK " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ", " + Runtime.getRuntime().availableProcessors() + " processors";
    }
}
