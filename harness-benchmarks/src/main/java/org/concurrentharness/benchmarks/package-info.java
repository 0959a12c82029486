/**
 * JMH benchmarks of the hot paths, and the side-by-side with peers.
 * Built with -Pbenchmarks only.
 */
@NullMarked
package org.concurrentharness.benchmarks;

import org.jspecify.annotations.NullMarked;
