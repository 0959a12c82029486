/**
 * Data structures, correct and broken, whose operations are checked. A package of its own: a campaign has its own copies of these
 * classes, which must not need what is package-private elsewhere.
 */
@NullMarked
package org.concurrentharness.linearizability.structures;

import org.jspecify.annotations.NullMarked;
