package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Takes turns among strategies, execution by execution: at first one after the other, then more often those that found new
 * behaviour, that is, executions that were not equivalent to any before, for what their executions cost. None gets less than its
 * floor, since what one finds rarely can be what none of the others finds at all.
 *
 * <p>The cost is counted in steps and switches rather than in time, so that a seed always takes the same turns.
 */
final class Mix implements Strategy, Learner {
    /** Which arm's turn it is in the first executions: the order in which bugs of small programs are found soonest. */
    private static final int[] FIRST_TURNS = {0, 1, 2, 0, 1, 3, 0, 1, 2, 4};

    /** What the arms' shares are multiplied by. */
    private static final int[] WEIGHTS = {3, 3, 2, 1, 1};

    /** What is added to the share of new executions among an arm's: the least that it counts for. */
    private static final int FLOOR = 250;

    /** What a switch costs, in steps: two on fibers, more than twenty on platform threads. */
    private static final int SWITCH = 4;

    /** The weight of an arm whose executions cost the least is multiplied by this. */
    private static final int SCALE = 64;

    /** Shares are in thousandths; one of so many executions is the weight of the last. */
    private static final int MEMORY = 16;

    /** All of the first executions are learnt from, and one in as many of those behind. */
    private static final int LEARNING = 16;

    private final Sampler[] arms;
    private final int[] found;

    /** By arm: what its executions cost of late, in {@link #MEMORY}ths of a step; 0 before the first. */
    private final long[] costs;

    private long leastCost;
    private long switches;
    private final OperationCounts counts;
    private final Dice dice;
    private int begun;
    private boolean learns;
    private int arm;

    private Mix(long seed, OperationCounts counts, Sampler... arms) {
        this.arms = arms;
        this.found = new int[arms.length];
        this.costs = new long[arms.length];
        this.counts = counts;
        this.dice = new Dice(~seed);
        Arrays.fill(found, 1000);
    }

    /**
     * Returns the mix that AUTO samples with.
     *
     * @param bounded whether preemptions are bounded
     */
    static Mix of(long seed, boolean bounded) {
        Places places = new Places();
        OperationCounts counts = new OperationCounts(places);
        return new Mix(
                seed,
                counts,
                new PlaceOrder(seed, places, bounded),
                new Surw(seed, counts, false),
                new Pos(seed, bounded),
                new Pct(seed, 2, 5),
                new RandomWalk(seed));
    }

    @Override
    public boolean begin(int execution) {
        counts.begin();
        learns = begun < LEARNING || begun % LEARNING == 0;
        if (begun < FIRST_TURNS.length) {
            arm = FIRST_TURNS[begun];
        } else {
            dice.begin(execution);
            leastCost = leastCost();
            arm = draw();
        }
        begun++;
        switches = 0;
        return arms[arm].begin(execution);
    }

    private int draw() {
        int sum = 0;
        for (int i = 0; i < arms.length; i++) {
            sum += weight(i);
        }
        int ticket = dice.below(sum);
        int drawn = 0;
        while (ticket >= weight(drawn)) {
            ticket -= weight(drawn++);
        }
        return drawn;
    }

    private int weight(int index) {
        long cost = costs[index] == 0 ? leastCost : costs[index];
        return (int) (leastCost * SCALE * WEIGHTS[index] * (found[index] + FLOOR) / cost);
    }

    private long leastCost() {
        long least = Long.MAX_VALUE;
        for (long cost : costs) {
            least = cost == 0 ? least : Math.min(least, cost);
        }
        return least == Long.MAX_VALUE ? 1 : least;
    }

    @Override
    public int choose(SchedulingPoint point) {
        int chosen = arms[arm].choose(point);
        if (chosen != point.currentIndex()) {
            switches++;
        }
        return chosen;
    }

    @Override
    public boolean learns() {
        return learns;
    }

    @Override
    public void passes(int thread, int location, int place, boolean writes) {
        counts.passes(thread, location, place, writes);
    }

    @Override
    public void end(ExecutionResult result) {
        arms[arm].end(result);
        int share = result.isNew() ? 1000 : 0;
        found[arm] += (share - found[arm]) / MEMORY;
        long cost = Math.max(1, result.steps()) + SWITCH * switches;
        costs[arm] += costs[arm] == 0 ? MEMORY * cost : cost - costs[arm] / MEMORY;
    }
}
