/**
 * A JUnit Platform engine that runs jcstress tests as JUnit tests.
 * The only package that depends on jcstress.
 */
@NullMarked
package org.concurrentharness.jcstress;

import org.jspecify.annotations.NullMarked;
