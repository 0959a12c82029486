package org.concurrentharness.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used, as Linux tells it in {@code /proc}. */
final class Footing {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    /** Linux tells times to the outside in hundredths of a second, whatever it counts in. */
    private static final double MILLIS_PER_TICK = 10;

    private Footing() {}

    /** Returns the processor time of this JVM and of the processes that it started and that have ended, in milliseconds. */
    static double cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        // the name of the program, in parentheses, may hold blanks
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return SYSTEM.getProcessCpuTime() / 1e6
                + (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * MILLIS_PER_TICK;
    }

    /** Returns the most memory that a process had at a time, in kilobytes; 0 when it has ended. */
    static long peakKilobytes(long process) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/status"))
                    .lines()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // ended in between, as processes do
            return 0;
        }
    }
}
