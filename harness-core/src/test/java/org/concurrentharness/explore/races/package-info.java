/**
 * The table of small programs whose answer is known: which of them has a data race, and on what variable. By theme, each correct
 * program beside one that lacks the edge that made it correct, see {@link org.concurrentharness.explore.races.RaceProgram}.
 */
@NullMarked
package org.concurrentharness.explore.races;

import org.jspecify.annotations.NullMarked;
