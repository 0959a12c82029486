/**
 * Stress suites of what harness-core synchronizes threads with, on real threads.
 * Each is run as it is by the build, and by MutantsTests with the class under test made wrong in one place, which it has to notice.
 */
@NullMarked
package org.concurrentharness.jcstress.suites;

import org.jspecify.annotations.NullMarked;
