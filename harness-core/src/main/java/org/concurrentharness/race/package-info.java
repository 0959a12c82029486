/**
 * What orders what, and which accesses race: vector clocks and access histories after FastTrack. Knows nothing of schedulers,
 * objects or reports; where its state lives is its users' affair.
 */
@NullMarked
package org.concurrentharness.race;

import org.jspecify.annotations.NullMarked;
