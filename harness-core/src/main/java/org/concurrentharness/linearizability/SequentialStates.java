package org.concurrentharness.linearizability;

/**
 * What a sequential specification does with the calls of a scenario: a machine whose states are numbered and whose steps are the
 * calls. Two states are the same when no order of the calls that are left tells them apart.
 */
interface SequentialStates {
    /** Returns the state in which nothing has been called. */
    int start();

    /**
     * Returns the number of the result of a call in a state, {@link Results#BLOCKED} when it blocks for ever, {@link Results#NONE}
     * when the scenario does not allow it there.
     */
    int result(int state, int call);

    /** Returns the state after a call that does not block. */
    int next(int state, int call);
}
