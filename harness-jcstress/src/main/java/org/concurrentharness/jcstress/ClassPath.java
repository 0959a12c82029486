package org.concurrentharness.jcstress;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The class path of the tests, for another JVM that runs in another directory. */
final class ClassPath {
    /**
     * Surefire starts its JVM with a jar that names the class path, or takes the class path into a class loader of its own, and
     * tells in the first of these what it is; the module path has what a test that is a module needs.
     */
    private static final String[] PROPERTIES = {"surefire.test.class.path", "java.class.path", "jdk.module.path"};

    private ClassPath() {}

    /** Returns the class path of this JVM after some entries that go first, with where the given classes are from in any case. */
    static String with(Collection<Path> first, Collection<Class<?>> classes) {
        Set<Path> entries = new LinkedHashSet<>();
        first.forEach(entry -> entries.add(entry.toAbsolutePath()));
        for (String property : PROPERTIES) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                if (!entry.isEmpty()) {
                    entries.add(Path.of(entry).toAbsolutePath());
                }
            }
        }
        classes.forEach(type -> origin(type).ifPresent(entries::add));
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<Path> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(location.toURI()).toAbsolutePath());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty(); // in no file: then the class path has it, or jcstress says that it has not
        }
    }
}
