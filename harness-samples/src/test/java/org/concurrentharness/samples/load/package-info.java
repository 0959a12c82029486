/**
 * Load on a small HTTP server, which all tests share: as users call it, and as fast as it goes.
 * The limits are wide, since builds run on machines of all kinds; a baseline would be of one kind.
 */
@NullMarked
package org.concurrentharness.samples.load;

import org.jspecify.annotations.NullMarked;
