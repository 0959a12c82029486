/** Tests of the rules of happens-before. */
@NullMarked
package org.concurrentharness.race;

import org.jspecify.annotations.NullMarked;
