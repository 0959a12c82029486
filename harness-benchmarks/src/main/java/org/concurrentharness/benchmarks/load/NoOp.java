package org.concurrentharness.benchmarks.load;

import org.concurrentharness.junit5.LoadTest;

/** What a load test costs itself. */
public class NoOp {
    @LoadTest
    void called() {}
}
