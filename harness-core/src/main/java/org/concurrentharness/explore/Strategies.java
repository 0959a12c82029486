package org.concurrentharness.explore;

/** Makes the strategies that sample. */
final class Strategies {
    private Strategies() {}

    /**
     * Returns a new strategy for a campaign.
     *
     * @param bounded whether preemptions are bounded
     */
    static Strategy of(Search search, long seed, boolean bounded) {
        return switch (search) {
            case RANDOM, EXHAUSTIVE -> new RandomWalk(seed);
            case PCT -> new Pct(seed);
            case POS -> new Pos(seed, bounded);
            case SURW -> new Surw(seed);
            case AUTO -> Mix.of(seed, bounded);
        };
    }
}
