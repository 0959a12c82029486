/**
 * The Java agent: attaching to the JVM, opening JDK packages, rewriting classes.
 * Only classes of campaign class loaders and a chosen set of JDK classes are rewritten.
 */
@NullMarked
package org.concurrentharness.agent;

import org.jspecify.annotations.NullMarked;
