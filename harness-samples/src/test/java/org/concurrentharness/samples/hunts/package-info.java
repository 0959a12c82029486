/**
 * Real concurrency bugs in published libraries, each found by a test of a few lines.
 * The class path has the fixed versions; {@link org.concurrentharness.samples.hunts.HuntsTests} also runs each hunt against the
 * version with the bug.
 */
@NullMarked
package org.concurrentharness.samples.hunts;

import org.jspecify.annotations.NullMarked;
