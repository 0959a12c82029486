/**
 * Small broken programs in the shapes of the field's collections, each with the mended one beside it, see
 * {@link org.concurrentharness.explore.programs.Programs}.
 */
@NullMarked
package org.concurrentharness.explore.programs;

import org.jspecify.annotations.NullMarked;
