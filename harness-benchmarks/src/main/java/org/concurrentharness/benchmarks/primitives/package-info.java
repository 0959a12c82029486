/** What single operations of the engine cost: JMH benchmarks of whole campaigns, and the differences between them. */
@NullMarked
package org.concurrentharness.benchmarks.primitives;

import org.jspecify.annotations.NullMarked;
