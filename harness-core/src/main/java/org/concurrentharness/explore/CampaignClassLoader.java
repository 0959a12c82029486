package org.concurrentharness.explore;

import java.io.IOException;
import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.concurrentharness.agent.CampaignLoader;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/**
 * Loads a campaign's own copies of the test class and of the application and library classes that it touches, so that nothing
 * outside the campaign is changed and static state is the campaign's own.
 *
 * <p>A class is defined here, from the bytes that the parent would load and with the code source that it would have, unless it is
 * shared: everything of the JDK, the harness's own modules, test frameworks, logging, assertion and mocking libraries, and the
 * packages that {@code harness.shared} names. Packages in {@code inside} that are normally shared are not. The agent rewrites
 * classes of loaders of this type and of no other. Resources are the parent's: the files that the copies were made from.
 *
 * <p>On a managed thread the engine is off while a class is loaded. Thread-safe and parallel capable.
 *
 * @since 0.1
 */
public final class CampaignClassLoader extends ClassLoader implements CampaignLoader {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader parent;
    private final SharedPackages shared;
    private final ClassSource source;
    /** Classes that may say that some of their data races are wanted. */
    private final Set<String> annotated = ConcurrentHashMap.newKeySet();

    private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

    /** Packages of classes that were defined here: the platform's loaders need not be asked again. */
    private final Set<String> ownPackages = ConcurrentHashMap.newKeySet();

    /**
     * Makes a loader of copies of what {@code parent} can load.
     *
     * @param parent the loader of the test class
     * @param shared packages to share beyond those that always are
     * @param inside packages not to share that normally are
     */
    public CampaignClassLoader(ClassLoader parent, List<String> shared, List<String> inside) {
        super(parent);
        this.parent = parent;
        this.shared = new SharedPackages(shared, inside);
        this.source = ClassSource.of(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        ProbeListener paused = Uncontrolled.begin();
        try {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = find(name);
                }
                if (resolve) {
                    resolveClass(loaded);
                }
                return loaded;
            }
        } finally {
            Uncontrolled.end(paused);
        }
    }

    @Override
    public boolean reportsPlainAccesses() {
        return true;
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.startsWith("java.") || name.startsWith("org.concurrentharness.probe.") || shared.contains(name)) {
            MockAgent.beforeUse(name, parent);
            return parent.loadClass(name);
        }
        String packageName = packageName(name);
        if (!ownPackages.contains(packageName)) {
            Class<?> platform = findInPlatform(name);
            if (platform != null) {
                return platform;
            }
        }
        ClassSource.Found found;
        try {
            found = source.find(parent, name);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        if (found == null || isShared(found, name)) {
            return parent.loadClass(name);
        }
        ownPackages.add(packageName);
        define(packageName, found);
        byte[] bytes = found.bytes();
        if (mentions(bytes, RaceExclusions.ANNOTATION)) {
            annotated.add(name);
        }
        return defineClass(name, bytes, 0, bytes.length, domain(found.location()));
    }

    /** Returns whether the simple name of an annotation ends a type's descriptor among a class's constants. */
    private static boolean mentions(byte[] bytes, String annotation) {
        for (int end = annotation.length(); end < bytes.length; end++) {
            if (bytes[end] == ';' && bytes[end - 1] == annotation.charAt(annotation.length() - 1)) {
                int i = 1;
                while (i <= annotation.length() && bytes[end - i] == annotation.charAt(annotation.length() - i)) {
                    i++;
                }
                if (i > annotation.length()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the classes loaded so far that may be annotated so that some of their data races are tolerated, sorted. */
    List<String> annotatedClasses() {
        return annotated.stream().sorted().toList();
    }

    private static boolean isShared(ClassSource.Found found, String name) {
        return switch (found.origin()) {
            case JDK -> true;
            case HARNESS -> name.startsWith("org.concurrentharness.");
            case APPLICATION -> false;
        };
    }

    private static @Nullable Class<?> findInPlatform(String name) {
        try {
            return PLATFORM.loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private void define(String packageName, ClassSource.Found found) {
        if (packageName.isEmpty() || getDefinedPackage(packageName) != null) {
            return;
        }
        Manifest manifest = found.manifest();
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        Attributes own = manifest == null ? null : manifest.getAttributes(packageName.replace('.', '/') + "/");
        try {
            definePackage(
                    packageName,
                    value(Attributes.Name.SPECIFICATION_TITLE, own, main),
                    value(Attributes.Name.SPECIFICATION_VERSION, own, main),
                    value(Attributes.Name.SPECIFICATION_VENDOR, own, main),
                    value(Attributes.Name.IMPLEMENTATION_TITLE, own, main),
                    value(Attributes.Name.IMPLEMENTATION_VERSION, own, main),
                    value(Attributes.Name.IMPLEMENTATION_VENDOR, own, main),
                    null);
        } catch (IllegalArgumentException e) {
            // Another thread, loading another class of it, was first.
            if (getDefinedPackage(packageName) == null) {
                throw e;
            }
        }
    }

    private static @Nullable String value(Attributes.Name name, @Nullable Attributes own, Attributes main) {
        String value = own == null ? null : own.getValue(name);
        return value == null ? main.getValue(name) : value;
    }

    private ProtectionDomain domain(@Nullable URL location) {
        String key = location == null ? "" : location.toExternalForm();
        return domains.computeIfAbsent(
                key, k -> new ProtectionDomain(new CodeSource(location, (CodeSigner[]) null), null, this, null));
    }

    private static String packageName(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    @Override
    public String toString() {
        return "campaign class loader of " + parent;
    }
}
