package org.concurrentharness.junit5.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Test classes made from source. */
record Generated(URLClassLoader loader) implements AutoCloseable {
    static final String PACKAGE = "org.concurrentharness.junit5.order.generated";

    /** Compiles classes of {@link #PACKAGE}, by their simple names. */
    static Generated of(Path directory, Map<String, String> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            files.add(Files.writeString(directory.resolve(source.getKey() + ".java"), source.getValue()));
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", directory.toString(), "-proc:none", "-nowarn", "-Xlint:none");
            boolean compiled = compiler.getTask(
                            null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).isTrue();
        }
        return new Generated(
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, Generated.class.getClassLoader()));
    }

    List<Class<?>> classes(Iterable<String> names) throws ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(loader.loadClass(PACKAGE + "." + name));
        }
        return classes;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
