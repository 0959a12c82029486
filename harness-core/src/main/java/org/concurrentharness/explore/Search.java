package org.concurrentharness.explore;

/**
 * Names the strategy that chooses the schedules of a campaign.
 *
 * @since 0.1
 */
public enum Search {
    /**
     * Lets the harness choose: the plainest schedule first, then the strategies below and one by places in the code in turn, more
     * often those that find new behaviour.
     */
    AUTO,
    /** A random walk: at each scheduling point every enabled thread is equally likely. */
    RANDOM,
    /**
     * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010) for bugs of depth 3: random priorities of threads, of which
     * the highest runs, and two random points at which the one that runs falls below all others.
     */
    PCT,
    /**
     * Partial order sampling (Yuan et al., CAV 2018): random priorities of operations, of which the highest runs, and new ones for
     * those that conflict with it.
     */
    POS,
    /**
     * Selectively uniform random walk (Zhao et al., ASPLOS 2025): every order of the operations on one variable, or of all operations,
     * is equally likely; how many there are is learned from earlier executions.
     */
    SURW,
    /**
     * Every schedule, up to equivalence: dynamic partial order reduction (Abdulla et al., POPL 2014). The campaign proves that none fails,
     * when its budget suffices.
     */
    EXHAUSTIVE
}
