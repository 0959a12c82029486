package org.concurrentharness.jcstress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The test classes that jcstress's annotation processor has seen. It lists them in a file of each directory of classes; jcstress
 * reads only the first such file of a class path, this reads them all.
 */
final class SuiteLists {
    /** Where the processor lists them. */
    static final String RESOURCE = "META-INF/TestList";

    private static final String TEST = "org.openjdk.jcstress.annotations.JCStressTest";

    /** By class loader, then by the name of the class. */
    private final Map<ClassLoader, Map<String, SuiteInfo>> lists = new HashMap<>();

    /** Returns true when a class is meant to be run by jcstress, whether or not that can be. */
    boolean isSuite(Class<?> type) {
        // a missing annotation type makes the annotation vanish without a word: then the list tells
        return isAnnotated(type) || info(type).isPresent();
    }

    /** By name, so that this needs no jcstress. */
    private static boolean isAnnotated(Class<?> type) {
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (annotation.annotationType().getName().equals(TEST)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what the processor has written down about a class, if it has seen it. */
    Optional<SuiteInfo> info(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null
                ? Optional.empty()
                : Optional.ofNullable(
                        lists.computeIfAbsent(loader, SuiteLists::read).get(type.getName()));
    }

    private static Map<String, SuiteInfo> read(ClassLoader loader) {
        Map<String, SuiteInfo> infos = new LinkedHashMap<>();
        try {
            Enumeration<URL> resources = loader.getResources(RESOURCE);
            while (resources.hasMoreElements()) {
                for (String line : lines(resources.nextElement())) {
                    SuiteInfo.parse(line).ifPresent(info -> infos.putIfAbsent(info.binaryName(), info));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("jcstress's lists of tests, " + RESOURCE + ", cannot be read", e);
        }
        return infos;
    }

    private static List<String> lines(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false); // or a jar stays open, which keeps Windows from deleting it
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** Writes a list of just these tests, to be the first on a class path. */
    static void write(Path directory, Collection<SuiteInfo> infos) throws IOException {
        Path file = directory.resolve(RESOURCE);
        Files.createDirectories(file.getParent());
        Files.write(file, infos.stream().map(SuiteInfo::line).toList());
    }
}
