/**
 * Exploring schedules: campaigns, the scheduler, carriers, strategies and detectors.
 * Data flows one way: probe, scheduler, strategy and detectors, result.
 */
@NullMarked
package org.concurrentharness.explore;

import org.jspecify.annotations.NullMarked;
