package org.concurrentharness.load;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text about a load. */
final class LoadReport {
    private static final int MOST_FAILURES = 5;
    private static final int MOST_FRAMES = 30;

    private LoadReport() {}

    static String of(LoadResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.name() + ": " + how(result.options()));
        if (result.hungInWarmup()) {
            lines.add("  Nothing was measured: an operation hung in the warm-up.");
        } else {
            addFigures(result, lines);
        }
        for (LoadResult.Thrown thrown : result.failures()
                .subList(0, Math.min(MOST_FAILURES, result.failures().size()))) {
            lines.add("");
            lines.add(Quantity.count(thrown.count(), "operation") + " threw " + thrown.type() + "; the first one:");
            lines.addAll(trace(thrown.first()));
        }
        if (!result.notes().isEmpty()) {
            lines.add("");
            result.notes().forEach(note -> lines.add("Note: " + note));
        }
        return String.join("\n", lines);
    }

    private static void addFigures(LoadResult result, List<String> lines) {
        lines.add("  throughput  " + Quantity.rate(result.throughput()) + " ("
                + Quantity.count(result.completed(), "operation") + " ended in " + Quantity.latency(result.elapsed())
                + ")");
        lines.add("  errors      " + Quantity.share(result.errorShare())
                + String.format(Locale.ROOT, " (%,d of ", result.errors()) + Quantity.count(result.calls(), "call")
                + ")");
        boolean open = result.options().isOpen();
        lines.add("  latency     " + percentiles(result.latencies()) + (open ? ", from when they were due" : ""));
        if (open) {
            lines.add("  service     " + percentiles(result.serviceTimes()) + ", from their call");
            lines.add("  late calls  " + percentiles(result.lateness()) + ", of threads that were free");
        }
        if (result.seconds().size() > 1) {
            lines.add("  by second   " + bySecond(result.seconds()));
        }
    }

    static String how(LoadOptions options) {
        String threads = Quantity.count(options.threads(), "thread");
        String loop = !options.isOpen()
                ? "closed loop, " + threads
                : "open loop, " + Quantity.rate(options.rate()) + " by " + threads
                        + (options.arrivals() == Arrivals.POISSON
                                ? ", arrivals at random with seed " + options.seed()
                                : "");
        return loop + ", " + Quantity.latency(options.duration())
                + (options.warmup().isZero() ? "" : " after " + Quantity.latency(options.warmup()) + " of warm-up");
    }

    private static String percentiles(Latencies latencies) {
        if (latencies.count() == 0) {
            return "none measured";
        }
        return "p50 " + Quantity.latency(latencies.at(50)) + ", p90 " + Quantity.latency(latencies.at(90)) + ", p99 "
                + Quantity.latency(latencies.at(99)) + ", p99.9 " + Quantity.latency(latencies.at(99.9)) + ", longest "
                + Quantity.latency(latencies.longest());
    }

    private static String bySecond(List<LoadResult.Second> seconds) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (LoadResult.Second second : seconds) {
            double rate = second.length().isZero()
                    ? 0
                    : second.operations() * 1e9 / second.length().toNanos();
            least = Math.min(least, rate);
            most = Math.max(most, rate);
        }
        return "throughput from " + Quantity.rate(least) + " to " + Quantity.rate(most);
    }

    private static List<String> trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        List<String> lines = text.toString().lines().map(line -> "  " + line).toList();
        return lines.subList(0, Math.min(lines.size(), MOST_FRAMES));
    }
}
