/**
 * The engine beside others in a JVM: coverage and mocking agents, the JIT compilers, code that has no part in campaigns.
 * What needs a JVM of its own runs in one, see {@link org.concurrentharness.integration.Fork}.
 */
@NullMarked
package org.concurrentharness.integration;

import org.jspecify.annotations.NullMarked;
