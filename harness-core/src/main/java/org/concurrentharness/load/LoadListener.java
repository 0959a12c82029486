package org.concurrentharness.load;

/** Is told about a run while it goes on, once a second, by the thread that watches it: whatever it does costs the operations nothing. */
interface LoadListener {
    /** Measuring has come to the end of a second. */
    void second(LoadResult.Second second, Latencies latencies);

    /** The run is over. */
    void ended(LoadResult result);
}
