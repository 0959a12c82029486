/**
 * The annotations and extensions for JUnit 5.
 * A thin face over the packages of harness-core, which do the work.
 */
@NullMarked
package org.concurrentharness.junit5;

import org.jspecify.annotations.NullMarked;
