package org.concurrentharness.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.concurrentharness.report.LoadReports;

/** A program that puts load on something: it is run where Micrometer and OpenTelemetry are missing, and where they are there. */
final class LoadProgram {
    private LoadProgram() {}

    public static void main(String[] arguments) throws Throwable {
        LoadResult result = Load.of("program", thread -> Thread.onSpinWait())
                .options(LoadOptions.defaults().warmup(Duration.ZERO).duration(Duration.ofMillis(50)))
                .run();
        List<Path> files = LoadReports.publish(result, LoadLimits.none(), arguments[0]);
        System.out.println("operations " + (result.operations() > 0) + ", files " + files.size() + ", text "
                + LoadMetrics.prometheus(result).isPresent());
    }
}
