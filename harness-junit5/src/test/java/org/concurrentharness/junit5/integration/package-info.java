/**
 * {@code @ConcurrentTest} beside others in a JVM: mocking libraries, tests that have nothing to do with it.
 * Each in a JVM of its own, see {@link org.concurrentharness.junit5.integration.ForkedRun}.
 */
@NullMarked
package org.concurrentharness.junit5.integration;

import org.jspecify.annotations.NullMarked;
