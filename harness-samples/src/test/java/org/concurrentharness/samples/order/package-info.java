/**
 * Tests that depend on each other, over several classes, as a build runs them: the catalogue is filled after the schema is there, and
 * sold from when it is filled.
 */
@NullMarked
package org.concurrentharness.samples.order;

import org.jspecify.annotations.NullMarked;
