/**
 * Tests for the engine to run, most of which fail on purpose.
 * None has a name that a build would take for that of a test.
 */
@NullMarked
package org.concurrentharness.jcstress.subjects;

import org.jspecify.annotations.NullMarked;
