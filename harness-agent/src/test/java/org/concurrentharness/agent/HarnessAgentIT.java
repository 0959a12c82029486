package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.concurrentharness.agent.programs.Installs;
import org.junit.jupiter.api.Test;

/** Runs against the packaged jar: what users put behind {@code -javaagent}. */
class HarnessAgentIT {
    private final Path jar = jar();
    private final String classPath = jar + File.pathSeparator + Fork.origin(Installs.class);

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(
                            path -> path.getFileName().toString().matches("harness-agent-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isLoadedByTheCommandLineWithoutAWord() throws Exception {
        Fork.Result result = Fork.run(
                List.of("-javaagent:" + jar, "-XX:+DisableAttachMechanism", "-Xlog:disable", "-Xlog:all=warning"),
                classPath,
                Installs.class);
        assertThat(result.output()).isEqualTo("not rewritten: []\nnot rewritten: []\nworks: {a=1}\n");
        assertThat(result.exit()).isZero();
    }

    @Test
    void attachesItself() throws Exception {
        Fork.Result result = Fork.run(List.of(), classPath, Installs.class);
        assertThat(result.output()).contains("not rewritten: []", "works: {a=1}");
    }

    @Test
    void namesItsOwnPathWhenRefused() throws Exception {
        Fork.Result result = Fork.run(List.of("-XX:+DisableAttachMechanism"), classPath, Installs.class);
        assertThat(result.output()).contains("Add -javaagent:" + jar + " to the command line");
    }

    @Test
    void worksUnderTheFlightRecorder() throws Exception {
        Path recording = Files.createTempFile("agent", ".jfr");
        try {
            Fork.Result result = Fork.run(
                    List.of(
                            "-javaagent:" + jar,
                            "-XX:StartFlightRecording=filename=" + recording + ",settings=profile"),
                    classPath,
                    Installs.class);
            assertThat(result.output()).contains("not rewritten: []", "works: {a=1}");
            assertThat(result.exit()).isZero();
        } finally {
            Files.deleteIfExists(recording);
        }
    }

    /** With two copies of ASM on its class path, a user's test would see whichever comes first. */
    @Test
    void showsUsersNothingButItsOwnPackage() throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("org/concurrentharness/agent/"));
        }
    }
}
