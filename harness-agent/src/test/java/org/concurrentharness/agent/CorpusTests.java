package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;

/** Rewrites many classes of others, and lets the JVM verify each. */
class CorpusTests {
    @ParameterizedTest
    @ValueSource(classes = {Assertions.class, ClassReader.class, Test.class})
    void classesOfLibrariesVerify(Class<?> ofLibrary) throws Exception {
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(Fork.origin(ofLibrary)))) {
            String root = ofLibrary.getName().substring(0, ofLibrary.getName().indexOf('.', 4) + 1);
            verifyAll(jar.getPath("/"), name -> name.startsWith(root));
        }
    }

    /** Compiled by a recent javac, with all that it knows. The packages that specifications name are left out. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk.compiler", "java.net.http", "jdk.jshell"})
    void classesOfTheJdkVerify(String module) throws Exception {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
        verifyAll(root, name -> name.startsWith("com.sun.") || name.startsWith("jdk."));
    }

    private static void verifyAll(Path root, Predicate<String> own) throws IOException {
        TestLoader original = new TestLoader(own);
        TestLoader rewritten = new TestLoader.Racing(own);
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String path = root.relativize(file).toString();
                String name = path.substring(0, path.length() - 6).replace('/', '.');
                if (!own.test(name) || name.endsWith("-info") || path.startsWith("META-INF")) {
                    continue;
                }
                count++;
                byte[] bytes = Files.readAllBytes(file);
                original.add(name, bytes);
                rewritten.add(name, bytes);
                Throwable before = link(original, name);
                Throwable after = link(rewritten, name);
                if (before == null && after != null) {
                    wrong.add(name + ": " + after);
                }
            }
        }
        assertThat(count).isGreaterThan(30);
        assertThat(wrong).isEmpty();
        assertThat(Agent.install().notRewritten()).isEmpty();
    }

    /** To ask for a class's methods links it, and linking verifies it, without running its initialiser. */
    private static @Nullable Throwable link(ClassLoader loader, String name) {
        try {
            Class.forName(name, false, loader).getDeclaredMethods();
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return e;
        }
    }
}
