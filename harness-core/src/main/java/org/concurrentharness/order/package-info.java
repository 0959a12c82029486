/**
 * Order between threads of a test, by hand: a common start, and points reached in a given order.
 * Nothing here needs a campaign, in which the harness decides the order.
 */
@NullMarked
package org.concurrentharness.order;

import org.jspecify.annotations.NullMarked;
