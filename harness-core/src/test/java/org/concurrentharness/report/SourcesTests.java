package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTests {
    @TempDir
    Path temp;

    private Path module;

    @BeforeEach
    void makeAModule() throws IOException {
        module = Files.createDirectories(temp.resolve("build/module"));
    }

    @Test
    void findsTheLinesAroundThoseThatAreWanted() throws IOException {
        file(module.resolve("src/main/java/com/acme/Counter.java"), 100);
        Sources sources = Sources.of(module);
        sources.want("com.acme.Counter$Inner", "Counter.java", 20);
        sources.want("com.acme.Counter", "Counter.java", 24);
        sources.want("com.acme.Counter", "Counter.java", 2);

        assertThat(sources.excerpts())
                .isEqualTo(Map.of(
                        "com/acme/Counter.java",
                        Map.of(
                                "path",
                                "src/main/java/com/acme/Counter.java",
                                "blocks",
                                List.of(
                                        Map.of("first", 1, "lines", lines(1, 7)),
                                        Map.of("first", 15, "lines", lines(15, 29))))));
    }

    @Test
    void prefersTestsAndKnowsOtherLanguagesAndWhatIsGenerated() throws IOException {
        file(module.resolve("src/main/java/A.java"), 3);
        file(module.resolve("src/test/java/A.java"), 3);
        file(module.resolve("src/it/kotlin/p/B.kt"), 3);
        file(module.resolve("target/generated-sources/annotations/p/C.java"), 3);

        assertThat(path(module, "A", "A.java")).isEqualTo("src/test/java/A.java");
        assertThat(path(module, "p.BKt", "B.kt")).isEqualTo("src/it/kotlin/p/B.kt");
        assertThat(path(module, "p.C", "C.java")).isEqualTo("target/generated-sources/annotations/p/C.java");
    }

    @Test
    void looksIntoTheModulesBesideOnlyInABuildOfSeveral() throws IOException {
        file(module.resolveSibling("core/src/main/java/p/A.java"), 3);

        assertThat(path(module, "p.A", "A.java")).isEmpty();
        Files.createFile(module.resolveSibling("pom.xml"));
        assertThat(path(module, "p.A", "A.java")).isEqualTo("core/src/main/java/p/A.java");
    }

    @Test
    void readsNothingButSources() throws IOException {
        file(module.resolve("secret.txt"), 3);
        file(module.resolve("src/main/java/A.java"), 3);
        file(module.resolve("src/main/resources/p/B.java"), 3);

        assertThat(path(module, "p.A", "../../../../secret.txt")).isEmpty();
        assertThat(path(module, "p.A", module.resolve("secret.txt").toString())).isEmpty();
        assertThat(path(module, "p.B", "B.java")).isEmpty();
        assertThat(path(module, "A\0", "A\0.java")).isEmpty();
        assertThat(path(module, "A", "")).isEmpty();
    }

    @Test
    void showsNothingOfAFileThatIsTooShortToBeTheOne() throws IOException {
        file(module.resolve("src/main/java/A.java"), 3);
        Sources sources = Sources.of(module);
        sources.want("A", "A.java", 4);

        assertThat(sources.excerpts()).isEmpty();
    }

    @Test
    void survivesBytesThatAreNoText() throws IOException {
        Path file = module.resolve("src/main/java/A.java");
        file(file, 1);
        Files.write(file, "a\tb \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        Sources sources = Sources.of(module);
        sources.want("A", "A.java", 1);

        assertThat(sources.excerpts().toString()).contains("a    b \ufffd");
    }

    private static String path(Path module, String type, String file) {
        Sources sources = Sources.of(module);
        sources.want(type, file, 1);
        return sources.excerpts().values().stream()
                .map(found -> String.valueOf(((Map<?, ?>) found).get("path")))
                .collect(Collectors.joining());
    }

    private static void file(Path file, int lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines(1, lines));
    }

    private static List<String> lines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i).toList();
    }
}
