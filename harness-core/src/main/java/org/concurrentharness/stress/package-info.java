/**
 * Stress on real threads, with no control over the scheduler.
 * For code that a campaign cannot control, and to confirm its findings on hardware.
 */
@NullMarked
package org.concurrentharness.stress;

import org.jspecify.annotations.NullMarked;
