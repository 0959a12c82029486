/**
 * What rewritten bytecode calls: static methods and one listener interface.
 * Loaded by the boot class loader, so it uses java.base and nothing else.
 */
@NullMarked
package org.concurrentharness.probe;

import org.jspecify.annotations.NullMarked;
