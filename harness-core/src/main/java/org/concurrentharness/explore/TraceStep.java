package org.concurrentharness.explore;

import java.util.List;
import java.util.Optional;

/**
 * One step of a failing execution: what a managed thread did at a scheduling point.
 *
 * @param number the position in the execution, from 1
 * @param thread the managed thread's number, from 0
 * @param threadName the managed thread's name at that time
 * @param className the class whose code did it, with dots
 * @param methodName the method whose code did it
 * @param fileName the source file, empty when unknown
 * @param line the source line, 0 when unknown
 * @param operation what was done, as "AtomicInteger.get" or "enter monitor of Account#1"
 * @param object a stable name of the object that it was done to, as "AtomicInteger#2", empty for none
 * @param value the value read, written or returned, where it is known
 * @param preempted true when the thread could have gone on but another one ran before this step's thread was scheduled: the
 *     first step after a preemptive switch
 * @param blocked true when the thread could not go on at this step (lock taken, parked, waiting, joining, sleeping)
 * @param locks the locks that the thread held after the step, outermost first, named as {@code object} names them
 * @param after the numbers of the steps of other threads that this step was ordered after directly: by what it acquired they had
 *     released
 * @since 0.1
 */
public record TraceStep(
        int number,
        int thread,
        String threadName,
        String className,
        String methodName,
        String fileName,
        int line,
        String operation,
        String object,
        Optional<String> value,
        boolean preempted,
        boolean blocked,
        List<String> locks,
        List<Integer> after) {
    /** Copies the lists. */
    public TraceStep {
        locks = List.copyOf(locks);
        after = List.copyOf(after);
    }
}
