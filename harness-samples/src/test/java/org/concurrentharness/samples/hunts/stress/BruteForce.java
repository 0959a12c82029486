package org.concurrentharness.samples.hunts.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What one writes without a harness: rounds are prepared in batches, each starts from a barrier at which its threads spin, and what was
 * thrown is looked for at the end of the batch. Threads that hang are left behind as daemons.
 */
final class BruteForce {
    /** A part of a round. */
    interface Action {
        void run() throws Throwable;
    }

    /**
     * A round: what its threads do together, and what must hold then.
     *
     * @param actions what the threads do, one each
     * @param check throws when the outcome is wrong
     */
    record Round(List<Action> actions, Action check) {
        static Round of(Action... actions) {
            return new Round(List.of(actions), () -> {});
        }
    }

    private static final int BATCH = 64;
    private static final int LOOKS_BEFORE_YIELDING = 20_000;
    private static final long LOOK_MILLIS = 100;

    private final int threads;
    private final Callable<Round> rounds;
    private final Duration limit;
    private final boolean crowded;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Find> find = new CompletableFuture<>();
    private final AtomicReferenceArray<Throwable> thrown;

    /** Counts arrivals at starts of rounds, ends of batches by all but the first thread, and batches. */
    private final AtomicLong arrivals = new AtomicLong();

    private final AtomicLong ends = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();

    /** Published by the number of the batch. */
    private List<Round> batch = List.of();

    private volatile long ended;

    private BruteForce(int threads, Callable<Round> rounds, Duration limit) {
        this.threads = threads;
        this.rounds = rounds;
        this.limit = limit;
        this.crowded = threads > Runtime.getRuntime().availableProcessors();
        this.thrown = new AtomicReferenceArray<>(BATCH * threads);
    }

    /**
     * Runs rounds until one fails, or hangs, or the time is up.
     *
     * @param limit how long batches are started
     * @param hang how long there may be no progress
     */
    static Find hunt(Callable<Round> rounds, Duration limit, Duration hang) throws Exception {
        BruteForce loop = new BruteForce(rounds.call().actions().size(), rounds, limit);
        start("racer 0", loop::lead);
        for (int i = 1; i < loop.threads; i++) {
            int thread = i;
            start("racer " + i, () -> loop.follow(thread));
        }
        return loop.watch(hang);
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private Find watch(Duration hang) throws Exception {
        long progress = -1;
        long since = System.nanoTime();
        while (true) {
            try {
                return find.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (arrivals.get() != progress) {
                    progress = arrivals.get();
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > hang.toNanos()) {
                    return new Find(true, Optional.empty(), progress / threads, millis(), "a hang");
                }
            }
        }
    }

    private void lead() {
        try {
            for (long number = 1; System.nanoTime() - begun < limit.toNanos() && !find.isDone(); number++) {
                List<Round> next = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    next.add(rounds.call());
                }
                batch = next;
                batches.set(number);
                play(0, number);
                spinUntil(ends, number * (threads - 1));
                evaluate(next);
            }
            find.complete(new Find(false, Optional.empty(), ended, millis(), ""));
        } catch (Throwable t) {
            find.completeExceptionally(t);
        }
    }

    private void follow(int thread) {
        for (long number = 1; ; number++) {
            spinUntil(batches, number);
            play(thread, number);
            ends.incrementAndGet();
        }
    }

    private void play(int thread, long number) {
        List<Round> mine = batch;
        for (int i = 0; i < BATCH; i++) {
            arrivals.incrementAndGet();
            spinUntil(arrivals, ((number - 1) * BATCH + i + 1) * threads);
            try {
                mine.get(i).actions().get(thread).run();
            } catch (Throwable t) {
                thrown.set(i * threads + thread, t);
            }
        }
    }

    private void evaluate(List<Round> played) {
        for (int i = 0; i < BATCH; i++) {
            ended++;
            for (int thread = 0; thread < threads; thread++) {
                Throwable failure = thrown.get(i * threads + thread);
                if (failure != null) {
                    find.complete(new Find(true, Optional.empty(), ended, millis(), Find.told(failure)));
                }
            }
            try {
                played.get(i).check().run();
            } catch (Throwable t) {
                find.complete(new Find(true, Optional.empty(), ended, millis(), Find.told(t)));
            }
        }
    }

    private void spinUntil(AtomicLong count, long value) {
        for (int looks = 0; count.get() < value; looks++) {
            if (crowded || looks > LOOKS_BEFORE_YIELDING) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
