package org.concurrentharness.race;

/** Hears of data races. */
public interface Conflicts {
    /**
     * Called when an access conflicts with an earlier one that did not happen before it.
     *
     * @param variable what both access
     * @param earlierThread who accessed it earlier
     * @param earlierSite where
     * @param earlierWrites whether that was a write
     * @param thread who accesses it now
     * @param site where
     * @param writes whether this is a write
     */
    void found(
            AccessHistory variable,
            int earlierThread,
            int earlierSite,
            boolean earlierWrites,
            int thread,
            int site,
            boolean writes);
}
