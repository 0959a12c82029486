/** The small programs whose executions are counted: the same for every tool that is measured. */
@NullMarked
package org.concurrentharness.benchmarks.programs;

import org.jspecify.annotations.NullMarked;
