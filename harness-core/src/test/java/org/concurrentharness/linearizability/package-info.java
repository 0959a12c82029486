/** Tests of linearizability checking. */
@NullMarked
package org.concurrentharness.linearizability;

import org.jspecify.annotations.NullMarked;
