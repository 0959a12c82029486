package org.concurrentharness.explore;

/**
 * Names the strategy that chooses the schedules of a campaign.
 *
 * @since 0.1
 */
public enum Search {
    /** Lets the harness choose: the strategies below in turn, more often those that find new behaviour. */
    AUTO,
    /** A random walk: at each scheduling point every enabled thread is equally likely. */
    RANDOM,
    /** Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): random priorities, changed at few points. */
    PCT,
    /** Partial order sampling (Yuan et al., CAV 2018): a random priority for each operation. */
    POS,
    /** Selectively uniform random walk (Zhao et al., ASPLOS 2025): every order of some operations alike. */
    SURW,
    /** Every schedule, up to equivalence. Not there yet. */
    EXHAUSTIVE
}
