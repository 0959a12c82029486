package org.concurrentharness.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of a stress test. The first worker leads: it makes states, publishes batches and evaluates them. The caller only sleeps and
 * looks now and then whether there is progress.
 */
final class StressRun<S> {
    private static final long LOOK_MILLIS = 50;
    private static final int LOOKS_BEFORE_YIELDING = 20_000;
    private static final int LOOKS_BEFORE_PARKING = 40_000;
    private static final long PARK_NANOS = 50_000;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Stress<S> stress;
    private final long seed;
    private final List<Worker<S>> workers = new ArrayList<>();
    private final Disturbance disturbance;
    private final Turns turns;
    private final Tally tally;
    private final boolean crowded;
    private final CountDownLatch over = new CountDownLatch(1);

    /** Counts arrivals at starts of rounds, over the whole run. */
    private final AtomicLong arrivals = new AtomicLong();

    /** Counts ends of batches, by all but the first worker. */
    private final AtomicLong ends = new AtomicLong();

    /** Counts what the first worker does between batches, to tell a hang by. */
    private final AtomicLong preparations = new AtomicLong();

    private volatile @Nullable Batch<S> batch;
    private volatile boolean stopped;

    /** What kept a state from being made. Written before the run is over. */
    private @Nullable Throwable broken;

    /** What the first worker does beside playing, for the report of a hang. */
    private volatile String leading = "making the state of a round";

    StressRun(Stress<S> stress) {
        this.stress = stress;
        long asked = stress.options.seed();
        this.seed = asked != 0 ? asked : new SplittableRandom().nextLong(1, 1L << 48);
        SplittableRandom random = new SplittableRandom(seed);
        this.turns = new Turns(stress.options, random.split());
        this.disturbance = new Disturbance(random.split());
        this.tally = new Tally(stress.expectations);
        this.crowded = stress.actors.size() > Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < stress.actors.size(); i++) {
            workers.add(new Worker<>(this, i, stress.names.get(i), stress.actors.get(i), random.split()));
        }
    }

    StressResult run() throws InterruptedException {
        long began = System.nanoTime();
        disturbance.start();
        workers.forEach(Thread::start);
        Optional<String> hang = Optional.empty();
        try {
            hang = watch();
        } finally {
            stopped = true;
            disturbance.close();
            if (over.getCount() > 0) {
                workers.forEach(Thread::interrupt);
            }
        }
        if (broken != null && hang.isEmpty()) {
            throw new IllegalStateException("The state of a round cannot be made: " + broken, broken);
        }
        List<String> lines = new ArrayList<>();
        if (hang.isPresent()) {
            Batch<S> last = batch;
            tally.hung(last == null ? Start.ALIGNED : last.start);
            lines.addAll(List.of(hang.get(), abandoned()));
        }
        return result(lines, Duration.ofNanos(System.nanoTime() - began));
    }

    private StressResult result(List<String> hang, Duration elapsed) {
        Optional<String> hung = hang.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", hang));
        Optional<Throwable> cause =
                hung.isPresent() ? Optional.empty() : tally.first().map(Tally.Found::cause);
        return new StressResult(
                tally.rounds(),
                tally.failures(),
                tally.seen(),
                tally.tried(),
                seed,
                elapsed,
                cause,
                hung,
                StressReport.of(stress, tally, seed, elapsed, hung));
    }

    /** Returns what all threads do when a round does not end, or nothing when the run has ended. */
    private Optional<String> watch() throws InterruptedException {
        long progress = -1;
        long since = System.nanoTime();
        while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            long now = preparations.get();
            for (Worker<S> worker : workers) {
                now += worker.begun();
            }
            if (now != progress) {
                progress = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > stress.options.timeout().toNanos()) {
                return Optional.of(HangReport.of(workers, leading, disturbance));
            }
        }
        return Optional.empty();
    }

    /** Waits a moment for interrupted workers, and tells which of them go on. */
    private String abandoned() throws InterruptedException {
        long end = System.nanoTime() + GRACE.toNanos();
        for (Worker<S> worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        List<String> alive =
                workers.stream().filter(Thread::isAlive).map(Thread::getName).toList();
        return alive.isEmpty()
                ? "The threads of the round were interrupted and have ended."
                : "The threads of the round were interrupted; " + String.join(", ", alive)
                        + " did not end and were left behind as daemons.";
    }

    // ---- what workers call ------------------------------------------------------------------------------------------

    int threads() {
        return workers.size();
    }

    boolean isCrowded() {
        return crowded;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Makes, publishes, plays and evaluates batches until there are enough. */
    void lead(Worker<S> first) {
        try {
            long end = System.nanoTime() + stress.options.durationNanos();
            long rounds = 0;
            for (int number = 1; !stopped; number++) {
                long bound = stress.options.rounds();
                if ((bound > 0 && rounds >= bound) || (number > 1 && System.nanoTime() - end >= 0)) {
                    break;
                }
                long began = System.nanoTime();
                Batch<S> next = turns.next(number, threads(), rounds, rounds * threads());
                leading = "making the state of a round";
                for (int i = 0; i < next.rounds(); i++) {
                    preparations.incrementAndGet();
                    next.states[i] = stress.state.call();
                }
                disturbance.set(next.start == Start.OVERSUBSCRIBED);
                long published = System.nanoTime();
                batch = next;
                if (!first.play(next) || !awaitEnds((long) number * (threads() - 1))) {
                    break;
                }
                long played = System.nanoTime() - published;
                rounds += next.rounds();
                evaluate(next, first);
                turns.took(next, System.nanoTime() - began, played);
                if (stress.options.stopAtFailure() && tally.failures() > 0) {
                    break;
                }
            }
        } catch (Throwable t) {
            broken = t;
        } finally {
            stopped = true;
            over.countDown();
        }
    }

    private void evaluate(Batch<S> ended, Worker<S> first) {
        leading = "in the arbiter";
        for (int round = 0; round < ended.rounds(); round++) {
            preparations.incrementAndGet();
            Evaluation evaluation = evaluate(ended, round, first);
            try {
                stress.after.run(ended.state(round));
            } catch (Throwable t) {
                evaluation = evaluation.cause() == null ? Evaluation.thrown("after the round", t) : evaluation;
            }
            Throwable cause = evaluation.cause();
            if (cause == null) {
                tally.ended(evaluation.text(), ended.start);
            } else {
                tally.failed(evaluation.text(), ended.start, evaluation.where(), cause);
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
    private record Evaluation(
            String text, String where, @Nullable Throwable cause) {
        static Evaluation thrown(String where, Throwable cause) {
            return new Evaluation(where + " threw " + cause.getClass().getName(), where, cause);
        }
    }

    private Evaluation evaluate(Batch<S> ended, int round, Worker<S> first) {
        StringBuilder text = new StringBuilder();
        int firstThrown = -1;
        for (int i = 0; i < threads(); i++) {
            Throwable thrown = ended.thrown[round * threads() + i];
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
            return new Evaluation(text.toString(), where, ended.thrown[round * threads() + firstThrown]);
        }
        try {
            stress.arbiter.run(ended.state(round), first);
        } catch (Throwable t) {
            @Nullable Object[] ignored = first.take();
            return Evaluation.thrown("arbiter", t);
        }
        for (int i = 0; i < threads(); i++) {
            append(text, ended.values[round * threads() + i]);
        }
        append(text, first.take());
        return new Evaluation(text.toString(), "", null);
    }

    private static void append(StringBuilder outcome, @Nullable Object @Nullable [] values) {
        if (values != null) {
            for (Object value : values) {
                outcome.append(outcome.isEmpty() ? "" : ", ").append(value);
            }
        }
    }

    /** Waits until all have arrived at the start of a round. Returns false when the run was stopped. */
    boolean arrive(long all, int looksBeforeYielding) {
        arrivals.incrementAndGet();
        for (int looks = 1; arrivals.get() < all; looks++) {
            if (looks < looksBeforeYielding) {
                Thread.onSpinWait();
            } else if (stopped) {
                return false;
            } else {
                Thread.yield();
            }
        }
        return true;
    }

    /** Returns the batch of a number when it is there, or null when the run was stopped. */
    @Nullable
    Batch<S> await(int number) {
        for (int looks = 1; ; looks++) {
            Batch<S> current = batch;
            if (current != null && current.number == number) {
                return current;
            }
            if (stopped) {
                return null;
            }
            relax(looks);
        }
    }

    /** Notes that a worker has ended its part of a batch. */
    void ended() {
        ends.incrementAndGet();
    }

    private boolean awaitEnds(long all) {
        for (int looks = 1; ends.get() < all; looks++) {
            if (stopped) {
                return false;
            }
            relax(looks);
        }
        return true;
    }

    private static void relax(int looks) {
        if (looks < LOOKS_BEFORE_YIELDING) {
            Thread.onSpinWait();
        } else if (looks < LOOKS_BEFORE_PARKING) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
