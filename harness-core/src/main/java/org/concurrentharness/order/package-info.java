/**
 * Order between groups of tests: the dependency graph and its gates.
 * A gate is what a test waits at until all that it depends on has finished.
 */
@NullMarked
package org.concurrentharness.order;

import org.jspecify.annotations.NullMarked;
