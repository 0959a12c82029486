package org.concurrentharness.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.concurrentharness.benchmarks.programs.Subject;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/** jcstress, with one configuration of JVM and processors: the programs in its own form. */
final class JcstressHunt implements Hunt {
    private static final Set<Subject> TRANSLATED =
            Set.of(Subject.LOST_UPDATE_2, Subject.DOUBLE_CHECKED, Subject.REORDER_VOLATILE_3);
    private static final List<String> ONE_CONFIGURATION =
            List.of("-m", "quick", "-f", "1", "-iters", "1", "-time", "50", "-sc", "false", "-af", "NONE");

    private final Subject subject;

    JcstressHunt(Subject subject) {
        this.subject = subject;
    }

    /** Returns why there is no such hunt, if there is none. */
    static Optional<String> refuses(Subject subject) {
        return TRANSLATED.contains(subject)
                ? Optional.empty()
                : Optional.of("cannot: jcstress has no form for code that starts its own threads"
                        + " (three programs are translated)");
    }

    @Override
    public Result run() throws Exception {
        Path directory = Files.createTempDirectory("jcstress");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // it starts JVMs with this class path from another directory
        String classPath = String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
        command.addAll(List.of("-cp", classPath, "org.openjdk.jcstress.Main"));
        command.addAll(ONE_CONFIGURATION);
        command.addAll(List.of("-jvmArgs", "-Xmx256m", "-r", directory.toString()));
        command.addAll(List.of("-t", "benchmarks\\.jcstress\\." + subject.label() + "$"));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.txt").toFile())
                .start();
        process.waitFor();
        return read(directory);
    }

    private static Result read(Path directory) throws IOException, ClassNotFoundException {
        long samples = 0;
        long forbidden = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "jcstress-results-*.bin.gz")) {
            for (Path file : files) {
                InProcessCollector results = new InProcessCollector();
                DiskReadCollector reader = new DiskReadCollector(file.toString(), results);
                reader.dump();
                reader.close();
                for (TestResult result : results.getTestResults()) {
                    samples += result.getTotalCount();
                    for (GradingResult graded : result.grading().gradingResults.values()) {
                        forbidden += graded.expect == Expect.FORBIDDEN ? graded.count : 0;
                    }
                }
            }
        }
        if (samples == 0) {
            return new Result(false, 0, "did not run: it wants a processor for each actor");
        }
        return forbidden > 0
                ? new Result(true, samples, samples / forbidden, "in all samples of a run of fixed length")
                : new Result(false, samples, "no forbidden outcome");
    }

    @Override
    public long executions() {
        return 0;
    }
}
