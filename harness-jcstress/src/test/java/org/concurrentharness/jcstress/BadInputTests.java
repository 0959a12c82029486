package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.concurrentharness.jcstress.subjects.LostUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot run fails, and says in a sentence how to mend it. */
class BadInputTests {
    @TempDir
    Path directory;

    @Test
    void anUnknownMode() {
        EngineRun run = EngineRun.of(directory, List.of(LostUpdate.class), StressOptions.MODE, "hard");
        assertThat(run.messageOf(LostUpdate.class))
                .isEqualTo("harness.jcstress.mode is \"hard\"; it must be one of brief, sanity, quick, default, tough,"
                        + " stress.");
    }

    @Test
    void argumentsThatJcstressDoesNotKnow() {
        EngineRun run = EngineRun.of(directory, List.of(LostUpdate.class), StressOptions.ARGS, "--nosuch 3");
        assertThat(run.messageOf(LostUpdate.class))
                .startsWith("jcstress refuses its options: 'nosuch' is not a recognized option."
                        + " Change harness.jcstress.args.");
    }

    @Test
    void argumentsThatJcstressCannotRead() {
        EngineRun run = EngineRun.of(directory, List.of(LostUpdate.class), StressOptions.ARGS, "-iters many");
        assertThat(run.messageOf(LostUpdate.class))
                .startsWith(
                        "jcstress refuses its options: Cannot parse argument 'many' of option ['iters']. Change harness.jcstress.args.");
    }

    @Test
    void aReportDirectoryThatCannotBeWrittenTo() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        EngineRun run = EngineRun.of(file.resolve("below"), List.of(LostUpdate.class));
        assertThat(run.messageOf(LostUpdate.class))
                .startsWith("jcstress could not be run: ")
                .endsWith(" Its results go to the directory that harness.report.dir names.");
    }

    @Test
    void aClassThatTheAnnotationProcessorHasNotSeen() throws Exception {
        Path source = directory.resolve("Unseen.java");
        Files.writeString(source, """
                @org.openjdk.jcstress.annotations.JCStressTest
                @org.openjdk.jcstress.annotations.State
                public class Unseen {
                    @org.openjdk.jcstress.annotations.Actor
                    public void first() {}
                }
                """);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        directory.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(code).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> unseen = loader.loadClass("Unseen");
            assertThat(EngineRun.of(directory, List.of(unseen)).messageOf(unseen))
                    .isEqualTo(
                            "Unseen was compiled without jcstress's annotation processor, which makes what runs it: let"
                                    + " the compiler run processors that are on the class path (<proc>full</proc> in"
                                    + " maven-compiler-plugin), or name org.openjdk.jcstress:jcstress-core in its"
                                    + " annotationProcessorPaths, and compile anew.");
        }
    }
}
