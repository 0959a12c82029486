/**
 * Runs tests in the order that their annotations ask for: reads it from what JUnit has discovered, and keeps it while JUnit runs.
 * JUnit makes what is here; users need the annotations only.
 */
@NullMarked
package org.concurrentharness.junit5.order;

import org.jspecify.annotations.NullMarked;
