package org.concurrentharness.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What this JVM has used.
 *
 * @param clockNanos by the clock
 * @param processorNanos of all processors together; below 0 when the JVM cannot tell
 * @param collections how long garbage collections took
 */
record Environment(long clockNanos, long processorNanos, Duration collections) {
    static Environment now() {
        long processor = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .sum();
        return new Environment(System.nanoTime(), processor, Duration.ofMillis(collections));
    }

    /** Returns what was used from this moment to another. */
    Environment until(Environment later) {
        return new Environment(
                later.clockNanos - clockNanos,
                processorNanos < 0 || later.processorNanos < 0 ? -1 : later.processorNanos - processorNanos,
                later.collections.minus(collections));
    }

    /** Returns how many processors were busy with this JVM, on average; 0 when unknown. */
    double processors() {
        return processorNanos < 0 || clockNanos <= 0 ? 0 : (double) processorNanos / clockNanos;
    }
}
