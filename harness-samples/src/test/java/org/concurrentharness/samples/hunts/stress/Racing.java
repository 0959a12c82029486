package org.concurrentharness.samples.hunts.stress;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.concurrentharness.stress.Start;
import org.concurrentharness.stress.StressFailure;
import org.concurrentharness.stress.StressResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The ways to race a program, in this JVM, or in one of its own that has the library with the bug. */
enum Racing {
    STRESS_TEST {
        @Override
        Find run(Program program) {
            return stress(program, Map.of());
        }
    },
    LOOP {
        @Override
        Find run(Program program) throws Exception {
            return BruteForce.hunt(program.rounds(), Duration.ofSeconds(20), Duration.ofSeconds(5));
        }
    };

    /** Where the build puts the libraries with bugs, one directory for each hunt. */
    private static final Path LIBRARIES = Path.of("target", "hunts");

    private static final Path FINDS = LIBRARIES.resolve("stress");
    private static final Pattern ARTIFACT = Pattern.compile("(.+?)-\\d.*\\.jar");

    /** Twenty seconds, a hang at their end, and the JVM's start on a busy machine. */
    private static final long PATIENCE_SECONDS = 90;

    abstract Find run(Program program) throws Exception;

    /** Races in a JVM of its own, so that what hangs, and what one program has compiled, are of no concern to the next. */
    Find runForked(Program program) throws IOException, InterruptedException {
        Files.createDirectories(FINDS);
        String name = program.bug() + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        Path find = FINDS.resolve(name + ".properties");
        Path output = FINDS.resolve(name + ".out");
        Files.deleteIfExists(find);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(program),
                        Racing.Fork.class.getName(),
                        name(),
                        program.name(),
                        find.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(name + " did not end as it should: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return Find.read(find);
    }

    /** Returns this JVM's class path with the libraries with the bug, and without other versions of them. */
    private static String classPath(Program program) throws IOException {
        List<String> elements = new ArrayList<>();
        Path directory = LIBRARIES.resolve(program.bug() + "Hunt");
        if (program != Program.JDK) {
            try (Stream<Path> jars = Files.list(directory)) {
                jars.sorted().map(Path::toString).forEach(elements::add);
            }
        }
        List<String> replaced = elements.stream().map(Racing::artifact).toList();
        Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(element -> !replaced.contains(artifact(element)))
                .forEach(elements::add);
        return String.join(File.pathSeparator, elements);
    }

    private static String artifact(String element) {
        String file = Path.of(element).getFileName().toString();
        Matcher matcher = ARTIFACT.matcher(file);
        return matcher.matches() ? matcher.group(1) : file;
    }

    /** Runs the stress test of a program as JUnit does. */
    static Find stress(Program program, Map<String, String> settings) {
        List<TestExecutionResult> results = new ArrayList<>();
        Map<String, String> figures = new LinkedHashMap<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.add(result);
                }
            }

            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                figures.putAll(entry.getKeyValuePairs());
            }
        };
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(program.test()))
                .configurationParameters(settings)
                .build();
        long begin = System.nanoTime();
        LauncherFactory.create().execute(request, listener);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (results.size() != 1 || !figures.containsKey("harness.stress.rounds")) {
            throw new IllegalStateException(program + " should be one stress test, but there were " + results);
        }
        long rounds = Long.parseLong(figures.get("harness.stress.rounds"));
        return results.get(0)
                .getThrowable()
                .map(thrown -> find(thrown, rounds))
                .orElseGet(() -> new Find(false, Optional.empty(), rounds, millis, ""));
    }

    private static Find find(Throwable thrown, long rounds) {
        if (!(thrown instanceof StressFailure failure)) {
            throw new IllegalStateException("Not the failure of a round", thrown);
        }
        StressResult result = failure.result();
        Optional<String> start = result.tried().stream()
                .filter(tried -> tried.failures() > 0)
                .map(StressResult.Tried::start)
                .map(Start::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .findFirst();
        String what = result.hang()
                .map(hang -> "a hang")
                .or(() -> result.cause().map(Find::told))
                .orElseGet(() -> "outcome " + result.seen().get(0).outcome());
        return new Find(true, start, rounds, result.elapsed().toMillis(), what);
    }

    /** The JVM of one program. */
    static final class Fork {
        private Fork() {}

        public static void main(String[] args) throws Exception {
            Racing.valueOf(args[0]).run(Program.valueOf(args[1])).write(Path.of(args[2]));
            // Libraries leave threads behind, and those of a deadlock keep hooks from running.
            Runtime.getRuntime().halt(0);
        }
    }
}
