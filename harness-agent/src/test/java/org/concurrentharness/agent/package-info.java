/**
 * Tests of the agent: what rewritten classes tell the probe, and that they still do what they did.
 * The programs that are rewritten lie in {@code programs}.
 */
@NullMarked
package org.concurrentharness.agent;

import org.jspecify.annotations.NullMarked;
