package org.concurrentharness.stress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.report.ThreadDump;

/** Tells what all threads do while a round does not end. */
final class HangReport {
    private HangReport() {}

    /**
     * Returns the text.
     *
     * @param workers the threads of the test
     * @param leading what the first of them does when it does not play
     * @param disturbance whose threads are left out
     */
    static String of(List<? extends Worker<?>> workers, String leading, Disturbance disturbance) {
        Map<Thread, String> doing = new LinkedHashMap<>();
        for (Worker<?> worker : workers) {
            boolean leader = worker == workers.get(0) && workers.stream().noneMatch(Worker::isPlaying);
            doing.put(
                    worker,
                    worker.isPlaying()
                            ? "in round " + worker.begun()
                            : leader ? leading : "has ended its part of round " + worker.begun());
        }
        return ThreadDump.of(doing, disturbance::has, HangReport.class.getPackageName());
    }
}
