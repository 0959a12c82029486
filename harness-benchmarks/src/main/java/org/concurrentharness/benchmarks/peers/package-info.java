/** The same programs under this harness and under other tools: each run in a JVM of its own, the tools in turns. */
@NullMarked
package org.concurrentharness.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
