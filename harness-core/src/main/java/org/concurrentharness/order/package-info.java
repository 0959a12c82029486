/**
 * Order: between the threads of a test by hand, with a common start and points reached in a given order, and between tests,
 * with gates that open when what they wait for has finished.
 * Nothing here needs a campaign, in which the harness decides the order.
 */
@NullMarked
package org.concurrentharness.order;

import org.jspecify.annotations.NullMarked;
