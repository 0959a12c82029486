/**
 * Programs that tests load through a campaign's loader.
 * Each has a static method {@code run}.
 */
@NullMarked
package org.concurrentharness.agent.programs;

import org.jspecify.annotations.NullMarked;
