/**
 * What test cases inside a campaign and their tests outside have in common.
 * Shared by {@code harness.shared}.
 */
@NullMarked
package org.concurrentharness.junit5.shared;

import org.jspecify.annotations.NullMarked;
