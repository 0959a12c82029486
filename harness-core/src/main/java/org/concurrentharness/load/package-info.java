/**
 * Load on real threads: how fast an operation is, how often it fails, and whether that is within limits.
 * Data flow: {@code Load} (what to do) → {@code LoadRun} with its {@code LoadWorker}s → {@code LoadResult} → {@code LoadLimits} → report.
 */
@NullMarked
package org.concurrentharness.load;

import org.jspecify.annotations.NullMarked;
