package org.concurrentharness.stress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.report.ThreadDump;

/**
 * A round that does not end.
 *
 * @param stage what does not end
 * @param round the number of the round, from 1
 * @param start how it started, or was about to
 */
record Hang(Leading.Stage stage, long round, Start start) {
    /**
     * Returns where a run hangs.
     *
     * @param at what the first worker does
     * @param start how the rounds start that are prepared, played or judged
     */
    static Hang of(List<? extends Worker<?>> workers, long at, Start start) {
        Leading.Stage stage = Leading.stage(at);
        long round = Leading.round(at);
        if (stage == Leading.Stage.PLAYING) {
            // Nobody begins a round before all have ended the one before, so that all that play are in the same one.
            long begun = workers.stream().mapToLong(Worker::begun).max().orElse(round);
            round = workers.stream().anyMatch(Worker::isPlaying) ? begun : begun + 1;
        }
        return new Hang(stage, round, start);
    }

    /** Returns what does not end, to be followed by the time that it was given. */
    String what() {
        return switch (stage) {
            case PREPARING -> "its state (constructor, @BeforeEach) was not made";
            case PLAYING -> "it did not end";
            case JUDGING -> "its arbiter did not end";
            case ENDING -> "what follows it (after, @AfterEach) did not end";
        };
    }

    /** Returns the place, as that of any other failure. */
    String where() {
        return switch (stage) {
            case PREPARING -> "hang before the round";
            case PLAYING -> "hang";
            case JUDGING -> "hang in the arbiter";
            case ENDING -> "hang after the round";
        };
    }

    /**
     * Returns what all threads do.
     *
     * @param workers the threads of the test
     * @param disturbance whose threads are left out
     */
    String threads(List<? extends Worker<?>> workers, Disturbance disturbance) {
        Map<Thread, String> doing = new LinkedHashMap<>();
        for (Worker<?> worker : workers) {
            doing.put(worker, worker == workers.get(0) ? ofFirst(worker) : of(worker));
        }
        return ThreadDump.of(doing, disturbance::has, Hang.class.getPackageName());
    }

    private String ofFirst(Worker<?> first) {
        return switch (stage) {
            case PREPARING -> "preparing round " + round;
            case PLAYING -> of(first);
            case JUDGING -> "in the arbiter of round " + round;
            case ENDING -> "ending round " + round + ", after the arbiter";
        };
    }

    private String of(Worker<?> worker) {
        long begun = worker.begun();
        if (worker.isPlaying()) {
            return "in round " + begun;
        }
        boolean late = stage == Leading.Stage.PLAYING && begun < round;
        return begun == 0 || late ? "before its part of round " + (begun + 1) : "has ended its part of round " + begun;
    }
}
