package org.concurrentharness.stress;

import org.jspecify.annotations.Nullable;

/** Judges the rounds of a batch that has ended: the arbiter, what follows it, and what all of it comes to. Used by the first worker only. */
final class Judge<S> {
    private final Stress<S> stress;
    private final StressRun<S> run;
    private final Leading leading;
    private final Tally tally;
    private final int threads;

    Judge(Stress<S> stress, StressRun<S> run, Leading leading, Tally tally) {
        this.stress = stress;
        this.run = run;
        this.leading = leading;
        this.tally = tally;
        this.threads = stress.actors.size();
    }

    void judge(Batch<S> ended, Worker<S> first) {
        long before = ended.arrivedBefore / threads;
        for (int round = 0; round < ended.rounds() && !run.isStopped(); round++) {
            long number = before + round + 1;
            leading.begins(Leading.Stage.JUDGING, number);
            run.forgetInterrupt();
            Judgement judgement = judge(ended, round, first);
            leading.begins(Leading.Stage.ENDING, number);
            run.forgetInterrupt();
            try {
                stress.after.run(ended.state(round));
            } catch (Throwable t) {
                judgement = judgement.cause() == null ? Judgement.thrown("after the round", t) : judgement;
            }
            Throwable cause = judgement.cause();
            if (cause == null) {
                tally.ended(judgement.text(), ended.start);
            } else {
                tally.failed(judgement.text(), ended.start, judgement.where(), cause);
            }
        }
    }

    /**
     * What a round came to.
     *
     * @param text its outcome, or who threw what
     * @param where who threw first
     * @param cause what was thrown, null for nothing
     */
    private record Judgement(
            String text, String where, @Nullable Throwable cause) {
        static Judgement thrown(String where, Throwable cause) {
            return new Judgement(where + " threw " + cause.getClass().getName(), where, cause);
        }
    }

    private Judgement judge(Batch<S> ended, int round, Worker<S> first) {
        StringBuilder text = new StringBuilder();
        int firstThrown = -1;
        for (int i = 0; i < threads; i++) {
            Throwable thrown = ended.thrown[round * threads + i];
            if (thrown != null) {
                firstThrown = firstThrown < 0 ? i : firstThrown;
                text.append(text.isEmpty() ? "" : ", ")
                        .append(stress.names.get(i))
                        .append(" threw ")
                        .append(thrown.getClass().getName());
            }
        }
        if (firstThrown >= 0) {
            String where = "actor " + stress.names.get(firstThrown);
            return new Judgement(text.toString(), where, ended.thrown[round * threads + firstThrown]);
        }
        try {
            stress.arbiter.run(ended.state(round), first);
        } catch (Throwable t) {
            @Nullable Object[] ignored = first.take();
            return Judgement.thrown("arbiter", t);
        }
        @Nullable Object[] ofArbiter = first.take();
        String by = "";
        try {
            for (int i = 0; i < threads; i++) {
                by = "actor " + stress.names.get(i);
                append(text, ended.values[round * threads + i]);
            }
            by = "the arbiter";
            append(text, ofArbiter);
        } catch (Throwable t) {
            return Judgement.thrown("toString() of what " + by + " put", t);
        }
        return new Judgement(text.toString(), "", null);
    }

    private static void append(StringBuilder outcome, @Nullable Object @Nullable [] values) {
        if (values != null) {
            for (Object value : values) {
                outcome.append(outcome.isEmpty() ? "" : ", ").append(value);
            }
        }
    }
}
