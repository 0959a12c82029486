package org.concurrentharness.explore;

/**
 * Unwinds a managed thread when its execution is over: thrown from the scheduling point at which the thread stands, so that
 * its {@code finally} blocks run. Stackless and shared, since it is thrown for every unfinished thread of every failing
 * execution.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // stackless: it says nothing of a place, and costs nothing to throw
final class AbortExecution extends Error {
    private static final long serialVersionUID = 1L;

    static final AbortExecution INSTANCE = new AbortExecution();

    private AbortExecution() {
        super("The execution is over; this unwinds the thread. Please do not catch it.", null, false, false);
    }
}
