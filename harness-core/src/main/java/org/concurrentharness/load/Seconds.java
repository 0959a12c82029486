package org.concurrentharness.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Takes from the threads what they have measured, second by second. */
final class Seconds {
    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double P99 = 99;

    private final List<LoadWorker> workers;
    private final List<LoadListener> listeners;
    private final Map<LoadWorker, Histogram> recycled = new HashMap<>();
    private final Histogram all = new Histogram(DIGITS);
    private final List<LoadResult.Second> list = new ArrayList<>();
    private Duration closed = Duration.ZERO;
    private long errors;
    private long notStarted;

    Seconds(List<LoadWorker> workers, List<LoadListener> listeners) {
        this.workers = workers;
        this.listeners = listeners;
    }

    /** Closes a second, which lasted until the given moment from the begin of measuring. */
    LoadResult.Second close(Duration until) {
        Histogram second = new Histogram(DIGITS);
        long errorsNow = 0;
        long notStartedNow = 0;
        for (LoadWorker worker : workers) {
            Histogram taken = worker.latencies.getIntervalHistogram(recycled.get(worker));
            recycled.put(worker, taken);
            second.add(taken);
            errorsNow += worker.errorsSoFar();
            notStartedNow += worker.notStarted();
        }
        all.add(second);
        Latencies latencies = Latencies.of(second);
        LoadResult.Second result = new LoadResult.Second(
                closed,
                until.minus(closed),
                Math.max(0, latencies.count() - (notStartedNow - notStarted)),
                errorsNow - errors,
                latencies.at(MEDIAN),
                latencies.at(P99),
                latencies.longest());
        list.add(result);
        closed = until;
        errors = errorsNow;
        notStarted = notStartedNow;
        listeners.forEach(listener -> listener.second(result, latencies));
        return result;
    }

    List<LoadResult.Second> list() {
        return list;
    }

    Latencies latencies() {
        return Latencies.of(all);
    }

    /** Returns how long operations took from their call, all told. */
    Latencies serviceTimes() {
        return sum(worker -> worker.serviceTimes);
    }

    Latencies lateness() {
        return sum(worker -> worker.lateness);
    }

    private Latencies sum(Function<LoadWorker, SingleWriterRecorder> recorder) {
        Histogram sum = new Histogram(DIGITS);
        for (LoadWorker worker : workers) {
            sum.add(recorder.apply(worker).getIntervalHistogram());
        }
        return Latencies.of(sum);
    }
}
