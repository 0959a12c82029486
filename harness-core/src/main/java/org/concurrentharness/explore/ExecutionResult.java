package org.concurrentharness.explore;

/**
 * What a strategy learns from one execution.
 *
 * @param execution the number of the execution, from 1
 * @param failed true when it failed
 * @param steps the scheduling points that it passed
 * @param traceHash a hash of every step in order: equal for equal executions
 * @param footprintHash a hash of the order of operations on each common object: equal for equivalent executions
 * @param isNew true when no execution of the campaign before was equivalent to it, as far as can be remembered
 * @since 0.1
 */
public record ExecutionResult(
        int execution, boolean failed, int steps, long traceHash, long footprintHash, boolean isNew) {}
