/**
 * The bugs of the hunts once more, on real threads: by {@code @StressTest}, and by the loop that one would write without a harness.
 * {@link org.concurrentharness.samples.hunts.stress.BruteForceComparisonTests} runs both against the versions with the bugs.
 */
@NullMarked
package org.concurrentharness.samples.hunts.stress;

import org.jspecify.annotations.NullMarked;
