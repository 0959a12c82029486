/**
 * Complete examples to copy from.
 * Each stands alone: one problem, the test that finds it, and the mend.
 */
@NullMarked
package org.concurrentharness.samples;

import org.jspecify.annotations.NullMarked;
