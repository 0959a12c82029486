/** Tests of ordered tests: each runs JUnit as a build tool does. */
@NullMarked
package org.concurrentharness.junit5.order;

import org.jspecify.annotations.NullMarked;
