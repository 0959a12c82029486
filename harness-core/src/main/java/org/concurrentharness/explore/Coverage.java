package org.concurrentharness.explore;

/**
 * How much of what a test can do its campaign has seen. Immutable.
 *
 * @param schedules an estimate of how many schedules there are, after Knuth (Estimating the efficiency of backtrack programs,
 *     Mathematics of Computation 1975): the mean over the executions of the product of the numbers of candidates at all choices, at
 *     least those that were distinct; 0 after a replay, infinite beyond the range of a {@code double}
 * @param chanceOfNew the chance that one more execution shows behaviour that is equivalent to none before, after Good and Turing (Good,
 *     Biometrika 1953): the share of the executions whose behaviour was seen once only; 0 when nothing is left to explore
 * @param explored the share of all inequivalent schedules that was explored: 1 when all were, an estimate when an exhaustive search was
 *     not finished, 0 when there was none
 * @param redundant how many executions an exhaustive search cut short since they could only repeat others; they are not counted elsewhere
 * @param text what a person should know, in a sentence
 * @since 0.1
 */
public record Coverage(double schedules, double chanceOfNew, double explored, int redundant, String text) {
    /** Nothing is known. */
    public static final Coverage NONE = new Coverage(0, 0, 0, 0, "");
}
