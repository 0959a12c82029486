package org.concurrentharness.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrentharness.report.ThreadDump;
import org.jspecify.annotations.Nullable;

/** One run of a load. The caller only sleeps, looks now and then whether an operation hangs, and closes a second each second. */
final class LoadRun {
    private static final long LOOK_MILLIS = 50;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Load load;
    private final LoadOptions options;
    private final List<LoadWorker> workers = new ArrayList<>();
    private final List<LoadListener> listeners;
    private final @Nullable LoadSpans spans;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> endedBy = new AtomicReference<>();
    private volatile boolean stopped;

    // Written before go is counted down, read after it.
    private long from;
    private long until;
    private @Nullable Schedule schedule;

    LoadRun(Load load) {
        long seed = load.options.seed() != 0 ? load.options.seed() : new SplittableRandom().nextLong(1, 1L << 48);
        this.load = load;
        this.options = load.options.seed(seed);
        this.listeners = LoadMetrics.listener(load.name).stream().toList();
        this.spans = LoadSpans.of(load.name, load.spans).orElse(null);
        this.ready = new CountDownLatch(options.threads());
        for (int i = 0; i < options.threads(); i++) {
            workers.add(new LoadWorker(this, i, load));
        }
    }

    LoadResult run() throws Throwable {
        Optional<String> hang;
        Seconds seconds = new Seconds(workers, listeners);
        Environment before;
        Instant started;
        boolean measured;
        long ended;
        try {
            workers.forEach(Thread::start);
            ready.await();
            long begin = System.nanoTime();
            from = begin + options.warmup().toNanos();
            until = from + options.duration().toNanos();
            schedule = options.isOpen() ? new Schedule(options, begin, options.seed()) : null;
            go.countDown();
            hang = watch(from);
            started = Instant.now();
            before = Environment.now();
            measured = hang.isEmpty();
            if (measured) {
                hang = watch(until, seconds);
            }
            ended = System.nanoTime();
        } finally {
            stopped = true;
            go.countDown();
            workers.forEach(LoadRun::interruptIfAlive);
        }
        Environment after = Environment.now();
        String abandoned = abandoned();
        @Nullable Throwable thrown = endedBy.get();
        if (thrown != null) {
            throw thrown;
        }
        Duration elapsed = !measured
                ? Duration.ZERO
                : hang.isEmpty()
                        ? options.duration()
                        : Duration.ofNanos(Math.max(1, Math.min(ended - from, until - from)));
        if (measured) {
            seconds.close(elapsed);
        }
        LoadResult result =
                result(started, elapsed, seconds, before.until(after), hang.map(text -> text + "\n" + abandoned));
        listeners.forEach(listener -> listener.ended(result));
        return result;
    }

    private static void interruptIfAlive(Thread worker) {
        if (worker.isAlive()) {
            worker.interrupt();
        }
    }

    /** Waits for the begin of measuring. */
    private Optional<String> watch(long end) throws InterruptedException {
        for (long left = end - System.nanoTime(); left > 0 && !isOver(); left = end - System.nanoTime()) {
            Optional<String> hang = hang();
            if (hang.isPresent()) {
                return hang;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
        }
        return Optional.empty();
    }

    /** Waits until all threads have ended, and closes the seconds until then. */
    private Optional<String> watch(long end, Seconds seconds) throws InterruptedException {
        long second = TimeUnit.SECONDS.toNanos(1);
        for (long next = from + second; next - end < 0 && !isOver(); next += second) {
            Optional<String> hang = watch(next);
            if (hang.isPresent()) {
                return hang;
            }
            seconds.close(Duration.ofNanos(System.nanoTime() - from));
        }
        for (LoadWorker worker : workers) {
            while (worker.isAlive()) {
                worker.join(LOOK_MILLIS);
                Optional<String> hang = hang();
                if (hang.isPresent()) {
                    return hang;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOver() {
        return endedBy.get() != null;
    }

    /** Returns what all threads do when an operation takes too long. */
    private Optional<String> hang() {
        long now = System.nanoTime();
        long timeout = options.timeout().toNanos();
        if (workers.stream().noneMatch(worker -> worker.busyFor(now) > timeout)) {
            return Optional.empty();
        }
        Map<Thread, String> doing = new LinkedHashMap<>();
        for (LoadWorker worker : workers) {
            long busy = worker.busyFor(now);
            if (busy > timeout) {
                doing.put(worker, "in an operation for " + Quantity.latency((double) busy));
            }
        }
        return Optional.of(ThreadDump.of(doing, workers::contains, LoadRun.class.getPackageName()));
    }

    /** Waits a moment for interrupted workers, and tells which of them go on. */
    private String abandoned() throws InterruptedException {
        long end = System.nanoTime() + GRACE.toNanos();
        for (LoadWorker worker : workers) {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        List<String> alive =
                workers.stream().filter(Thread::isAlive).map(Thread::getName).toList();
        return alive.isEmpty()
                ? "The threads were interrupted and have ended."
                : "The threads were interrupted; " + String.join(", ", alive) + " did not end and "
                        + (alive.size() == 1 ? "was left behind as a daemon." : "were left behind as daemons.");
    }

    private LoadResult result(
            Instant started, Duration elapsed, Seconds seconds, Environment used, Optional<String> hang) {
        Map<String, LoadResult.Thrown> failures = new HashMap<>();
        workers.stream().filter(worker -> !worker.isAlive()).forEach(worker -> worker.addFailuresTo(failures));
        long operations = workers.stream().mapToLong(LoadWorker::operations).sum();
        long notStarted = workers.stream().mapToLong(LoadWorker::notStarted).sum();
        Latencies latencies = seconds.latencies();
        Latencies lateness = seconds.lateness();
        return new LoadResult(
                load.name,
                options,
                started,
                elapsed,
                operations,
                workers.stream().mapToLong(LoadWorker::completed).sum(),
                workers.stream().mapToLong(LoadWorker::errorsSoFar).sum(),
                notStarted,
                latencies,
                options.isOpen() ? seconds.serviceTimes() : latencies,
                lateness,
                seconds.list(),
                failures.values().stream()
                        .sorted(Comparator.comparingLong(LoadResult.Thrown::count)
                                .reversed()
                                .thenComparing(LoadResult.Thrown::type))
                        .toList(),
                LoadNotes.of(options, elapsed, operations, notStarted, latencies, lateness, used, hang.isPresent()),
                hang);
    }

    // ---- what workers call ------------------------------------------------------------------------------------------

    /** Waits until all threads are there. Returns false when the run was stopped before. */
    boolean awaitBegin() {
        ready.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            return false; // only the run interrupts, when it is stopped
        }
        return !stopped;
    }

    /** Returns when measuring begins. */
    long from() {
        return from;
    }

    /** Returns when it ends. */
    long until() {
        return until;
    }

    @Nullable
    Schedule schedule() {
        return schedule;
    }

    /** Returns what runs operations in spans; null when they run as they are. */
    @Nullable
    LoadSpans spans() {
        return spans;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Returns whether an exception has to do with the end of the run, and ends it if it is one that does. */
    boolean endsBy(Throwable thrown) {
        if (load.ending.test(thrown)) {
            endedBy.compareAndSet(null, thrown);
            stopped = true;
            return true;
        }
        return stopped;
    }
}
