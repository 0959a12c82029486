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
    private static final long GRACE_NANOS = 1_000_000_000;

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

    private final Leading leading = new Leading();
    private final Judge<S> judge;
    private final Strays strays = new Strays();

    private volatile @Nullable Batch<S> batch;
    private volatile boolean stopped;

    /** What kept a state from being made. Written before the run is over. */
    private @Nullable Throwable broken;

    /** How the rounds start that are prepared, played or judged. */
    private volatile Start start = Start.ALIGNED;

    StressRun(Stress<S> stress) {
        this.stress = stress;
        long asked = stress.options.seed();
        this.seed = asked != 0 ? asked : new SplittableRandom().nextLong(1, 1L << 48);
        SplittableRandom random = new SplittableRandom(seed);
        this.turns = new Turns(stress.options, random.split());
        this.disturbance = new Disturbance(random.split());
        this.tally = new Tally(stress.expectations);
        this.judge = new Judge<>(stress, this, leading, tally);
        this.crowded = stress.actors.size() > Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < stress.actors.size(); i++) {
            workers.add(new Worker<>(this, strays, i, stress.names.get(i), stress.actors.get(i), random.split()));
        }
    }

    StressResult run() throws InterruptedException {
        long began = System.nanoTime();
        disturbance.start();
        workers.forEach(Thread::start);
        Optional<Hang> hang = Optional.empty();
        String doing = "";
        try {
            hang = watch();
            if (hang.isPresent()) {
                // Counted before the round is interrupted: what it comes to then is no outcome.
                tally.hung(hang.get());
                doing = hang.get().threads(workers, disturbance);
            }
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
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        Optional<String> hung = hang.isEmpty() ? Optional.empty() : Optional.of(doing + "\n" + abandoned());
        if (hang.isEmpty()) {
            strays.awaitBusy(GRACE_NANOS); // a thread that the last round started may not have thrown yet
        }
        tally.strayed(strays.close(), Leading.round(leading.at()), start);
        return new StressResult(
                tally.rounds(),
                tally.failures(),
                tally.seen(),
                tally.tried(),
                seed,
                elapsed,
                tally.first().map(Tally.Found::cause),
                hung,
                StressReport.of(stress, tally, seed, elapsed, hang, hung));
    }

    /** Returns where the run hangs, or nothing when it has ended. */
    private Optional<Hang> watch() throws InterruptedException {
        long led = -1;
        long played = -1;
        long since = System.nanoTime();
        while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            long leads = leading.at();
            long plays = workers.stream().mapToLong(Worker::begun).sum();
            if (leads != led || plays != played) {
                led = leads;
                played = plays;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > stress.options.timeout().toNanos()) {
                return Optional.of(Hang.of(workers, leads, start));
            }
        }
        return Optional.empty();
    }

    /** Waits a moment for interrupted workers, and tells which of them go on. */
    private String abandoned() throws InterruptedException {
        long end = System.nanoTime() + GRACE_NANOS;
        for (Worker<S> worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        List<String> alive =
                workers.stream().filter(Thread::isAlive).map(Thread::getName).toList();
        return alive.isEmpty()
                ? "The threads of the round were interrupted and have ended."
                : "The threads of the round were interrupted; " + String.join(", ", alive)
                        + " did not end and "
                        + (alive.size() == 1 ? "was left behind as a daemon." : "were left behind as daemons.");
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

    /**
     * Clears an interrupt of the calling thread that was meant for what has ended. The run's own one stays: it comes when the run has
     * been stopped.
     */
    void forgetInterrupt() {
        if (Thread.interrupted() && stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what the first worker does when it does not play. */
    Strays.Origin leads() {
        long at = leading.at();
        String by = switch (Leading.stage(at)) {
            case PREPARING -> "the preparation of the round";
            case PLAYING -> "the harness";
            case JUDGING -> "the arbiter";
            case ENDING -> "the end of the round";
        };
        return new Strays.Origin(Leading.round(at), start, by);
    }

    /** Returns how the rounds start that are prepared, played or judged. */
    Start start() {
        return start;
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
                start = next.start;
                for (int i = 0; i < next.rounds(); i++) {
                    leading.begins(Leading.Stage.PREPARING, rounds + i + 1);
                    forgetInterrupt();
                    next.states[i] = stress.state.call();
                }
                disturbance.set(next.start == Start.OVERSUBSCRIBED);
                long published = System.nanoTime();
                leading.begins(Leading.Stage.PLAYING, rounds + 1);
                batch = next;
                if (!first.play(next) || !awaitEnds((long) number * (threads() - 1))) {
                    break;
                }
                long played = System.nanoTime() - published;
                rounds += next.rounds();
                judge.judge(next, first);
                turns.took(next, System.nanoTime() - began, played);
                if (stress.options.stopAtFailure() && (tally.failures() > 0 || !strays.isEmpty())) {
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

    private void relax(int looks) {
        if (looks < LOOKS_BEFORE_YIELDING) {
            Thread.onSpinWait();
        } else if (looks < LOOKS_BEFORE_PARKING) {
            Thread.yield();
        } else {
            forgetInterrupt(); // with it, no thread parks
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
