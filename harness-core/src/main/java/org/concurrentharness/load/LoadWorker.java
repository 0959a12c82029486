package org.concurrentharness.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** A thread that calls the operation, again and again. What it counts is read when it has ended, but for its recorder. */
final class LoadWorker extends Thread {
    private static final int DIGITS = 3;

    /** A thread that sleeps is woken up later than it asked for, by about this much at first. */
    private static final long USUAL_OVERSLEEPING = 60_000;

    /** Sleeps are shortened by at most this much: the rest of the time is spent looking at the clock. */
    private static final long MOST_OVERSLEEPING = 200_000;

    /** By how many sleeps the guess about the next one is formed. */
    private static final int MEMORY = 8;

    private final LoadRun run;
    private final int index;
    private final Load.Operation operation;
    private final @Nullable LoadSpans spans;

    /** Read by the run while this thread writes. */
    final SingleWriterRecorder latencies = new SingleWriterRecorder(DIGITS);

    /** What is measured before it counts: as real as what counts, so that the same code is warm. */
    private final SingleWriterRecorder warmingUp = new SingleWriterRecorder(DIGITS);

    final SingleWriterRecorder serviceTimes = new SingleWriterRecorder(DIGITS);
    final SingleWriterRecorder lateness = new SingleWriterRecorder(DIGITS);

    /** Counts failed operations, for the seconds of the run. Written by this thread only. */
    private final AtomicLong errorsSoFar = new AtomicLong();

    /** When the operation was begun that has not ended yet; 0 between operations. Written by this thread only. */
    private final AtomicLong busySince = new AtomicLong();

    private final Map<String, Failed> failed = new HashMap<>();

    /** Counters. Written by this thread only; read before it has ended if it hangs. */
    private final AtomicLong operations = new AtomicLong();

    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong notStarted = new AtomicLong();
    private long oversleeping = USUAL_OVERSLEEPING;

    /** A kind of failure. */
    private static final class Failed {
        final Throwable first;
        long count;

        Failed(Throwable first) {
            this.first = first;
        }
    }

    LoadWorker(LoadRun run, int index, Load load) {
        super("load " + (index + 1));
        this.run = run;
        this.index = index;
        this.operation = load.operation;
        this.spans = run.spans();
        setDaemon(true);
    }

    @Override
    public void run() {
        if (!run.awaitBegin()) {
            return;
        }
        Schedule due = run.schedule();
        if (due == null) {
            callAgainAndAgain();
        } else {
            callWhenDue(due);
        }
    }

    private void callAgainAndAgain() {
        long from = run.from();
        long until = run.until();
        while (!run.isStopped()) {
            long begun = System.nanoTime();
            if (begun - until >= 0) {
                return;
            }
            call(begun, begun, from, until);
        }
    }

    private void callWhenDue(Schedule schedule) {
        long from = run.from();
        long until = run.until();
        while (!run.isStopped()) {
            long due = schedule.next();
            if (due - until >= 0) {
                return;
            }
            long now = System.nanoTime();
            if (now - until >= 0) {
                notStarted(now - due, due - from >= 0);
            } else if (due - now > 0) {
                now = sleepUntil(due);
                if (run.isStopped()) {
                    return; // woken up by the end of the run, and not by its time
                }
                if (due - from >= 0) {
                    lateness.recordValue(Math.max(0, now - due));
                }
                call(due, now, from, until);
            } else {
                call(due, now, from, until);
            }
        }
    }

    /** What was due, and could not be called since all threads were busy until the end, took at least until then. */
    private void notStarted(long waited, boolean counts) {
        if (counts) {
            increment(operations);
            increment(notStarted);
            latencies.recordValue(waited);
        }
    }

    /** Sleeps a little less than it may, by what sleeps took too long before, and looks at the clock for the rest. */
    private long sleepUntil(long due) {
        for (; ; ) {
            long now = System.nanoTime();
            long left = due - now;
            if (left <= 0 || run.isStopped()) {
                return now;
            }
            long sleep = left - oversleeping;
            if (sleep > 0) {
                LockSupport.parkNanos(this, sleep);
                long over = Math.max(0, Math.min(MOST_OVERSLEEPING, System.nanoTime() - now - sleep));
                oversleeping += (over - oversleeping) / MEMORY;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void call(long due, long begun, long from, long until) {
        boolean counts = due - from >= 0;
        busySince.lazySet(begun == 0 ? 1 : begun);
        try {
            if (spans == null) {
                operation.run(index);
            } else {
                spans.run(operation, index, counts);
            }
        } catch (Throwable t) {
            failed(t, counts);
        }
        long ended = System.nanoTime();
        busySince.lazySet(0);
        Thread.interrupted(); // what one operation leaves behind must not disturb the next, nor keep the thread from
        // sleeping
        if (counts) {
            increment(operations);
            latencies.recordValue(ended - due);
            if (due != begun) {
                serviceTimes.recordValue(ended - begun);
            }
        } else {
            warmingUp.recordValue(ended - due);
        }
        if (ended - from >= 0 && ended - until < 0) {
            increment(completed);
        }
    }

    private void failed(Throwable thrown, boolean counts) {
        if (!run.endsBy(thrown) && counts) {
            increment(errorsSoFar);
            failed.computeIfAbsent(thrown.getClass().getName(), type -> new Failed(thrown)).count++;
        }
    }

    private static void increment(AtomicLong mine) {
        mine.lazySet(mine.getPlain() + 1);
    }

    /** Returns for how long it has been in an operation, in nanoseconds; 0 when it is in none. */
    long busyFor(long now) {
        long since = busySince.get();
        return since == 0 ? 0 : Math.max(0, now - since);
    }

    long errorsSoFar() {
        return errorsSoFar.get();
    }

    long operations() {
        return operations.get();
    }

    long completed() {
        return completed.get();
    }

    long notStarted() {
        return notStarted.get();
    }

    /** Adds what it saw fail to what others did. Only when it has ended. */
    void addFailuresTo(Map<String, LoadResult.Thrown> all) {
        failed.forEach((type, one) -> all.merge(
                type,
                new LoadResult.Thrown(type, one.count, one.first),
                (first, second) -> new LoadResult.Thrown(type, first.count() + second.count(), first.first())));
    }
}
