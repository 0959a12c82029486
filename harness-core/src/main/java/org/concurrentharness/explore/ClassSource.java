package org.concurrentharness.explore;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the original bytes of classes where a parent class loader finds them, and remembers them for the campaigns to come.
 * Thread-safe.
 */
final class ClassSource {
    /** Marks the code locations of the harness's own modules. */
    private static final String MARKER = "META-INF/concurrent-harness/module";

    private static final Map<ClassLoader, SoftReference<ClassSource>> SOURCES = new WeakHashMap<>();

    private final Map<String, Found> found = new ConcurrentHashMap<>();
    private final Set<String> harness;

    private ClassSource(ClassLoader parent) {
        harness = harnessLocations(parent);
    }

    /** Returns the source of what {@code parent} can load. */
    static ClassSource of(ClassLoader parent) {
        synchronized (SOURCES) {
            SoftReference<ClassSource> reference = SOURCES.get(parent);
            ClassSource source = reference == null ? null : reference.get();
            if (source == null) {
                source = new ClassSource(parent);
                SOURCES.put(parent, new SoftReference<>(source));
            }
            return source;
        }
    }

    /** Returns the class as {@code parent} would find it, or null when it has no class file there (generated classes). */
    @Nullable
    Found find(ClassLoader parent, String className) throws IOException {
        Found known = found.get(className);
        if (known != null) {
            return known;
        }
        String path = className.replace('.', '/').concat(".class");
        URL url = parent.getResource(path);
        if (url == null) {
            return null;
        }
        Found read = read(url, path);
        found.put(className, read);
        return read;
    }

    /** Returns true when an already loaded class is the harness's own. */
    static boolean isHarness(Class<?> type) {
        return type.getName().startsWith("org.concurrentharness.")
                && type.getClassLoader() == ClassSource.class.getClassLoader()
                && type.getProtectionDomain().getCodeSource() != null
                && of(type.getClassLoader())
                        .harness
                        .contains(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toExternalForm());
    }

    private Found read(URL url, String path) throws IOException {
        if (url.getProtocol().equals("jrt")) {
            return new Found(new byte[0], null, null, Origin.JDK);
        }
        URL location = location(url, path);
        Origin origin = harness.contains(location.toExternalForm()) ? Origin.HARNESS : Origin.APPLICATION;
        URLConnection connection = url.openConnection();
        Manifest manifest = connection instanceof JarURLConnection jar ? jar.getManifest() : null;
        try (InputStream in = connection.getInputStream()) {
            return new Found(in.readAllBytes(), location, manifest, origin);
        }
    }

    /** Returns the jar or directory that {@code url} is in, as a {@code CodeSource} names it. */
    private static URL location(URL url, String path) throws MalformedURLException {
        String text = url.toExternalForm();
        int entry = text.lastIndexOf("!/");
        if (url.getProtocol().equals("jar") && entry > 0) {
            String jar = text.substring("jar:".length(), entry);
            return toUrl(jar.contains("!/") ? "jar:" + jar + "!/" : jar);
        }
        return toUrl(text.endsWith(path) ? text.substring(0, text.length() - path.length()) : text);
    }

    @SuppressWarnings("deprecation") // new URL: its replacement refuses locations that class loaders hand out
    private static URL toUrl(String text) throws MalformedURLException {
        return new URL(text);
    }

    private static Set<String> harnessLocations(ClassLoader parent) {
        Set<String> locations = new HashSet<>();
        try {
            for (URL url : Collections.list(parent.getResources(MARKER))) {
                locations.add(location(url, MARKER).toExternalForm());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The class path of " + parent + " cannot be read.", e);
        }
        return Set.copyOf(locations);
    }

    /** Where a class comes from, which decides whether a campaign has its own copy. */
    enum Origin {
        JDK,
        HARNESS,
        APPLICATION
    }

    /**
     * A class file.
     *
     * @param bytes its bytes, empty for the JDK's
     * @param location the jar or directory, null for the JDK's
     * @param manifest the jar's manifest, null when there is none
     * @param origin whose it is
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(
            byte[] bytes, @Nullable URL location, @Nullable Manifest manifest, Origin origin) {}
}
