package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.concurrentharness.jcstress.subjects.Hanging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** When the JVM of the tests goes down, in whatever way, so does all that it has started. */
@Timeout(120)
class NothingLeftTests {
    private static final long POLL_MILLIS = 50;
    private static final long END_SECONDS = 30;

    @TempDir
    Path directory;

    /** Runs the engine over a test that never ends. */
    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(Hanging.class))
                        .build());
    }

    @Test
    void whenTheJvmIsAskedToEnd() throws Exception {
        nothingIsLeftAfter(Process::destroy);
    }

    @Test
    void whenTheJvmIsKilled() throws Exception {
        nothingIsLeftAfter(Process::destroyForcibly);
    }

    private void nothingIsLeftAfter(Consumer<Process> end) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dharness.report.dir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NothingLeftTests.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        List<ProcessHandle> started;
        try {
            while (!stresses(jvm)) {
                assertThat(jvm.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS))
                        .as(() -> "ended: " + output())
                        .isFalse();
            }
            started = jvm.descendants().toList();
        } finally {
            end.accept(jvm);
        }

        for (ProcessHandle each : started) {
            assertThat(each.onExit().get(END_SECONDS, TimeUnit.SECONDS).isAlive())
                    .isFalse();
        }
    }

    /** Returns true when jcstress runs, and one of the JVMs for tests does. */
    private boolean stresses(Process jvm) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("jcstress.log"))
                            .anyMatch(file -> read(file).contains("Printing the progress line"))
                    && jvm.descendants().count() >= 2;
        }
    }

    private String output() {
        return read(directory.resolve("output.txt"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
