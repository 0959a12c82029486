/**
 * What makes the figures of docs/performance.md: campaigns timed as a whole, and JMH benchmarks.
 * Built with -Pbenchmarks only.
 */
@NullMarked
package org.concurrentharness.benchmarks;

import org.jspecify.annotations.NullMarked;
