package org.concurrentharness.explore;

/**
 * Names the strategy that chooses the schedules of a campaign.
 *
 * @since 0.1
 */
public enum Search {
    /** Lets the harness choose; in this version a random walk. */
    AUTO,
    /** A random walk: at each scheduling point every enabled thread is equally likely. */
    RANDOM,
    /** Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010). Not there yet. */
    PCT,
    /** Partial order sampling (Yuan et al., CAV 2018). Not there yet. */
    POS,
    /** Selectively uniform random walk (Zhao et al., ASPLOS 2025). Not there yet. */
    SURW,
    /** Every schedule, up to equivalence. Not there yet. */
    EXHAUSTIVE
}
