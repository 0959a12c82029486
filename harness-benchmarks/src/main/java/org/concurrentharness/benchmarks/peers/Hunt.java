package org.concurrentharness.benchmarks.peers;

/** One tool's search for the bug of one program. */
interface Hunt {
    /** Searches until the bug is found, the tool has done all that it does, or its budget is spent. */
    Result run() throws Exception;

    /** Returns how many executions there were so far; may be called from any thread. */
    long executions();

    /**
     * How a hunt ended.
     *
     * @param found whether the tool told of a bug
     * @param executions how many executions there were
     * @param toBug how many it took to the bug; for a tool that does not stop there, how many for each time that it was seen
     * @param remark what else the table should tell
     */
    record Result(boolean found, long executions, long toBug, String remark) {
        Result(boolean found, long executions, String remark) {
            this(found, executions, found ? executions : 0, remark);
        }
    }
}
