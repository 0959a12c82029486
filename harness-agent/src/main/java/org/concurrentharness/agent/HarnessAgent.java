package org.concurrentharness.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;

/**
 * What the JVM calls when it loads the agent, by {@code -javaagent} or by attaching.
 *
 * <p>Gives the probe to the boot class loader, and leaves the JVM's {@link Instrumentation} there for {@link Agent}, which
 * another class loader may have loaded. Changes nothing else: no class is rewritten before the first campaign.
 *
 * @since 0.1
 */
public final class HarnessAgent {
    /** Where the agent's jar holds the probe. */
    static final String PROBE_JAR = "META-INF/harness/probe.jar";

    private static final String PROBE = "org.concurrentharness.probe.Probe";

    private HarnessAgent() {}

    /** Called by the JVM before the application's {@code main}, for {@code -javaagent}. */
    public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
        start(instrumentation);
    }

    /** Called by the JVM when the agent is attached. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        start(instrumentation);
    }

    // The probe must not be named here as a class: if it is also on the class path, the system class loader would
    // define a
    // second copy, which rewritten JDK classes never reach.
    private static synchronized void start(Instrumentation instrumentation) throws Exception {
        if (started()) {
            return;
        }
        byte[] jar;
        try (InputStream in = ClassLoader.getSystemResourceAsStream(PROBE_JAR)) {
            if (in == null) {
                throw new IOException(PROBE_JAR + " is missing from the agent's jar");
            }
            jar = in.readAllBytes();
        }
        try {
            define(jar, instrumentation);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            append(jar, instrumentation);
        }
        Class.forName(PROBE, true, null).getField("instrumentation").set(null, instrumentation);
    }

    private static boolean started() throws ReflectiveOperationException {
        try {
            return Class.forName(PROBE, true, null).getField("instrumentation").get(null) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Defines the probe's classes in the boot class loader, one by one. To append to the loader's search path is the documented
     * way, but it makes the JVM print a warning and give up class data sharing for all application classes.
     */
    private static void define(byte[] jar, Instrumentation instrumentation)
            throws ReflectiveOperationException, IOException {
        Module base = Object.class.getModule();
        Map<String, Set<Module>> exports = Map.of("jdk.internal.misc", Set.of(HarnessAgent.class.getModule()));
        instrumentation.redefineModule(base, Set.of(), exports, Map.of(), Set.of(), Map.of());
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        Object unsafe = type.getMethod("getUnsafe").invoke(null);
        Method define = type.getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    byte[] bytes = in.readAllBytes();
                    define.invoke(unsafe, null, bytes, 0, bytes.length, null, null);
                }
            }
        }
    }

    private static void append(byte[] jar, Instrumentation instrumentation) throws IOException {
        File file = File.createTempFile("harness-probe", ".jar");
        file.deleteOnExit();
        Files.write(file.toPath(), jar);
        try (JarFile probe = new JarFile(file)) {
            instrumentation.appendToBootstrapClassLoaderSearch(probe);
        }
    }
}
