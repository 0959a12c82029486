/**
 * The examples in {@code docs/}, as they stand there.
 * {@code DocsTests} compares them.
 */
@NullMarked
package org.concurrentharness.junit5.docs;

import org.jspecify.annotations.NullMarked;
