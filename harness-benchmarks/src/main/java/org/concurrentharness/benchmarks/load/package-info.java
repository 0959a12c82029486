/**
 * {@code @LoadTest} beside wrk: the same server, the same number of connections, in turn.
 * The server has a process, and where there is {@code taskset} a core, of its own.
 */
@NullMarked
package org.concurrentharness.benchmarks.load;

import org.jspecify.annotations.NullMarked;
