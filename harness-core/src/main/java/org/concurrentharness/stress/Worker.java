package org.concurrentharness.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A thread that plays one actor in all rounds. */
final class Worker<S> extends Thread implements Outcomes {
    private static final Object[] NOTHING = {};

    /** How often a thread that waits looks before it lets others run. */
    private static final int LOOKS = 20_000;

    private static final int LOOKS_IN_A_CROWD = 50;

    /** Below this time the clock is too coarse. */
    private static final long CLOCK_NANOS = 200;

    private static final int YIELDS = 4;
    private static final int SPINS = 2;
    private static final int CHOICES = 16;
    private static final int LONGEST_SPIN = 400;

    private final StressRun<S> run;
    private final int index;
    private final Stress.Action<? super S> action;
    private final SplittableRandom random;
    private final List<@Nullable Object> outcome = new ArrayList<>();
    private int sink;

    /** How many rounds it has begun to play, to tell a hang by. Written by this thread only. */
    private final AtomicLong begun = new AtomicLong();

    /** True while it plays its part of a round. */
    private volatile boolean playing;

    Worker(
            StressRun<S> run,
            ThreadGroup group,
            int index,
            String name,
            Stress.Action<? super S> action,
            SplittableRandom random) {
        super(group, name);
        this.run = run;
        this.index = index;
        this.action = action;
        this.random = random;
        setDaemon(true);
    }

    @Override
    public void run() {
        Strays.follow(this);
        if (index == 0) {
            run.lead(this);
        } else {
            for (int number = 1; ; number++) {
                Batch<S> batch = run.await(number);
                if (batch == null || !play(batch)) {
                    return;
                }
                run.ended();
            }
        }
    }

    /** Plays its part of all rounds. Returns false when the run was stopped meanwhile. */
    boolean play(Batch<S> batch) {
        int threads = run.threads();
        int looks = batch.start == Start.OVERSUBSCRIBED || run.isCrowded() ? LOOKS_IN_A_CROWD : LOOKS;
        for (int round = 0; round < batch.rounds(); round++) {
            S state = batch.state(round);
            int mine = round * threads + index;
            long late = batch.delays[mine];
            if (!run.arrive(batch.arrivedBefore + (round + 1L) * threads, looks)) {
                return false;
            }
            // All have ended the round before, and whoever interrupts another one's thread has done so.
            run.forgetInterrupt();
            delay(late);
            begun.lazySet(begun.getPlain() + 1);
            playing = true;
            try {
                action.run(state, this);
            } catch (Throwable t) {
                batch.thrown[mine] = t;
            }
            playing = false;
            batch.values[mine] = take();
        }
        return !run.isStopped();
    }

    /** Returns how many rounds it has begun to play. */
    long begun() {
        return begun.get();
    }

    /** Returns whether it is playing its part of a round, and not waiting for others. */
    boolean isPlaying() {
        return playing;
    }

    /** Returns where a thread comes from that this one makes now. */
    Strays.Origin origin() {
        return playing ? new Strays.Origin(begun.getPlain(), run.start(), "actor " + getName()) : run.leads();
    }

    private void delay(long nanos) {
        if (nanos > CLOCK_NANOS) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < nanos) {
                sink++;
            }
        } else {
            spin((int) nanos);
        }
    }

    private void spin(int times) {
        int x = sink;
        for (int i = 0; i < times; i++) {
            x = x * 31 + i;
        }
        sink = x; // so that the loop is not for nothing
    }

    void mayYield() {
        int choice = random.nextInt(CHOICES);
        if (choice < YIELDS) {
            Thread.yield();
        } else if (choice < YIELDS + SPINS) {
            spin(random.nextInt(LONGEST_SPIN));
        }
    }

    @Override
    public void add(@Nullable Object value) {
        outcome.add(value);
    }

    /** Returns what was added since it was last asked. */
    @Nullable
    Object[] take() {
        if (outcome.isEmpty()) {
            return NOTHING;
        }
        @Nullable Object[] values = outcome.toArray();
        outcome.clear();
        return values;
    }
}
