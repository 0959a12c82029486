package org.concurrentharness.load;

/**
 * When the operations of an open loop are due.
 *
 * @since 0.1
 */
public enum Arrivals {
    /** One after the other at equal distances. */
    CONSTANT,

    /** At random and independent of each other, as the calls of many users are: a Poisson process, from the seed. */
    POISSON
}
