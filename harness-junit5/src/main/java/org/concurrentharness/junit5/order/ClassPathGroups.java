package org.concurrentharness.junit5.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.concurrentharness.junit5.TestGroup;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The groups in a directory of classes. Asked only when the selected tests have none of a group that one of them depends on: then it
 * is either misspelt, or its tests were not selected.
 */
final class ClassPathGroups {
    private final Path directory;
    private final ClassLoader loader;

    /** The groups, and whether there is a test in each. */
    private final Map<String, Boolean> groups = new TreeMap<>();

    private final Set<Path> seen = new HashSet<>();

    private ClassPathGroups(Path directory, ClassLoader loader) {
        this.directory = directory;
        this.loader = loader;
    }

    /** Returns the groups in the directory that a class was loaded from, and whether they have tests; none if it is from elsewhere. */
    static Map<String, Boolean> beside(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .filter(location -> location.getProtocol().equals("file"))
                .map(location -> Path.of(URI.create(location.toString())))
                .filter(Files::isDirectory)
                .map(directory -> new ClassPathGroups(directory, type.getClassLoader()).read())
                .orElse(Map.of());
    }

    private Map<String, Boolean> read() {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> annotations = new ArrayList<>(List.of(TestGroup.class.getName()));
        // Annotations that carry the group count as well, and are found on the way.
        for (int i = 0; i < annotations.size(); i++) {
            String mention = annotations.get(i).replace('.', '/');
            for (Path file : files) {
                if (!seen.contains(file) && mentions(file, mention)) {
                    seen.add(file);
                    load(file).filter(Class::isAnnotation).map(Class::getName).ifPresent(annotations::add);
                }
            }
        }
        return groups;
    }

    private static boolean mentions(Path file, String mention) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(mention);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the class in a file, if it can be loaded; what cannot has no test that could run. */
    private Optional<Class<?>> load(Path file) {
        String path = directory.relativize(file).toString();
        String name = path.substring(0, path.length() - ".class".length())
                .replace(file.getFileSystem().getSeparator(), ".");
        Optional<Class<?>> type = ReflectionSupport.tryToLoadClass(name, loader).toOptional();
        type.ifPresent(found -> {
            add(found, Annotations.hasTests(found));
            for (Method method : found.getDeclaredMethods()) {
                add(method, AnnotationSupport.isAnnotated(method, Testable.class));
            }
        });
        return type;
    }

    private void add(AnnotatedElement element, boolean hasTest) {
        for (TestGroup group : Annotations.groups(element)) {
            groups.merge(group.value(), hasTest, Boolean::logicalOr);
            for (String holder : group.in()) {
                groups.merge(holder, hasTest, Boolean::logicalOr);
            }
        }
    }
}
