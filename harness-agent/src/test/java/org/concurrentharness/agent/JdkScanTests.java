package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JdkScanTests {
    @Test
    void findsWhatTheRewriterChangesAndLittleElse() throws Exception {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        List<Path> candidates;
        try (Stream<Path> files = Files.walk(base.resolve("java"))) {
            candidates = files.filter(
                            file -> file.toString().endsWith(".class") && JdkClasses.isCandidate(name(base, file)))
                    .toList();
        }
        List<Path> changed = candidates.stream()
                .filter(file -> JdkRewriter.rewrite(bytes(file), false) != null)
                .toList();
        List<Path> found =
                candidates.stream().filter(file -> JdkScan.finds(bytes(file))).toList();
        assertThat(changed).hasSizeGreaterThan(50);
        assertThat(found).containsAll(changed).hasSizeLessThan(changed.size() * 3 / 2);
    }

    private static String name(Path base, Path file) {
        String path = base.relativize(file).toString();
        return path.substring(0, path.length() - ".class".length());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
