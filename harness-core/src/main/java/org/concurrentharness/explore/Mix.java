package org.concurrentharness.explore;

/** Takes turns among strategies. */
final class Mix implements Strategy {
    private final Strategy[] arms;
    private int arm;

    Mix(long seed) {
        arms = new Strategy[] {
            new PlaceOrder(seed, new Places()), new Surw(seed), new Pct(seed, Pct.DEPTH), new Pos(seed),
        };
    }

    @Override
    public boolean begin(int execution) {
        arm = execution % arms.length;
        return arms[arm].begin(execution);
    }

    @Override
    public int choose(SchedulingPoint point) {
        return arms[arm].choose(point);
    }
}
