package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Takes turns among strategies, execution by execution: at first one after the other, then more often those that found new
 * behaviour, that is, executions that were not equivalent to any before. None gets less than its floor, since what one finds rarely
 * can be what none of the others finds at all.
 */
final class Mix implements Strategy, Learner {
    /** Which arm's turn it is in the first executions: the order in which bugs of small programs are found soonest. */
    private static final int[] FIRST_TURNS = {0, 1, 2, 0, 1, 3, 0, 1, 2, 4};

    /** What the arms' shares are multiplied by. */
    private static final int[] WEIGHTS = {3, 3, 2, 1, 1};

    /** What is added to the share of new executions among an arm's: the least that it counts for. */
    private static final int FLOOR = 250;

    /** Shares are in thousandths; one of so many executions is the weight of the last. */
    private static final int MEMORY = 16;

    /** All of the first executions are learnt from, and one in as many of those behind. */
    private static final int LEARNING = 16;

    private final Strategy[] arms;
    private final int[] found;
    private final OperationCounts counts;
    private final Dice dice;
    private int begun;
    private boolean learns;
    private int arm;

    private Mix(long seed, OperationCounts counts, Strategy... arms) {
        this.arms = arms;
        this.found = new int[arms.length];
        this.counts = counts;
        this.dice = new Dice(~seed);
        Arrays.fill(found, 1000);
    }

    /** Returns the mix that AUTO samples with. */
    static Mix of(long seed) {
        Places places = new Places();
        OperationCounts counts = new OperationCounts(places);
        return new Mix(
                seed,
                counts,
                new PlaceOrder(seed, places),
                new Surw(seed, counts, false),
                new Pos(seed),
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
            arm = draw();
        }
        begun++;
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
        return WEIGHTS[index] * (found[index] + FLOOR);
    }

    @Override
    public int choose(SchedulingPoint point) {
        return arms[arm].choose(point);
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
    }
}
