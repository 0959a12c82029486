package org.concurrentharness.explore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Two accesses of one variable by two threads, at least one of which writes, that nothing orders: under the Java memory model
 * (JLS 17.4.5) the program may then see values that no interleaving explains. Immutable.
 *
 * @param variable what was accessed, as "Counter.value", "element 3 of int[]#1" or "HashMap#1"
 * @param first the access that came first in this execution
 * @param second the access that came second
 * @param synchronization what synchronization was nearly there, in a sentence or two
 * @param mend what to do about it, in a sentence or two
 * @since 0.1
 */
public record DataRace(String variable, Access first, Access second, String synchronization, String mend) {
    /**
     * One of the two accesses.
     *
     * @param thread the managed thread's number, from 0
     * @param threadName the managed thread's name at that time
     * @param operation "read", "write", or the call of a collection, as "HashMap.put"
     * @param place the source line
     * @param stack the frames from the innermost outward, those of the harness left out; the first is {@code place}
     * @param locks the locks that the thread held, as the trace names them, outermost first
     * @param started where the thread was started, when it was started in the test
     * @param step the number of the step of the failure's trace that is this access, when the trace shows it
     */
    public record Access(
            int thread,
            String threadName,
            String operation,
            StackTraceElement place,
            List<StackTraceElement> stack,
            List<String> locks,
            Optional<StackTraceElement> started,
            OptionalInt step) {
        /** Copies the lists. */
        public Access {
            stack = List.copyOf(stack);
            locks = List.copyOf(locks);
        }

        /** Returns the access in a line: "write by Thread-1 at Counter.increment(Counter.java:12)". */
        @Override
        public String toString() {
            return operation + " by " + threadName + " at " + place;
        }
    }

    /** Returns the race in a sentence. */
    @Override
    public String toString() {
        return variable + ": " + first + ", " + second;
    }
}
