package org.concurrentharness.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this JVM: opens the JDK to the harness, and rewrites classes.
 *
 * <p>Thread-safe. All methods may be called again.
 *
 * @since 0.1
 */
public final class Agent {
    private static final String PROBE = "org.concurrentharness.probe.Probe";

    /** Packages of java.base that the harness reads or calls by reflection. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.ref",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "jdk.internal.misc",
            "jdk.internal.random",
            "jdk.internal.vm");

    private static @Nullable Agent installed;
    private static @Nullable String refused;

    private final Instrumentation instrumentation;
    private final Transformer transformer = new Transformer();
    private boolean jdkRewritten;
    private Set<String> inside = Set.of();

    private Agent(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Returns the agent, loaded into this JVM now if {@code -javaagent} did not do it before.
     *
     * @throws AgentUnavailableException when it can not be loaded; the message says why and what to do
     */
    public static synchronized Agent install() {
        if (installed != null) {
            return installed;
        }
        if (refused != null) {
            // an attempt takes half a second or more, and there may be hundreds of tests
            throw new AgentUnavailableException(refused);
        }
        try {
            Instrumentation instrumentation = find();
            if (instrumentation == null) {
                SelfAttach.attach();
                instrumentation = find();
            }
            if (instrumentation == null) {
                throw SelfAttach.unavailable("it was attached, and left no trace");
            }
            checkProbe();
            Agent agent = new Agent(instrumentation);
            agent.openJdk();
            instrumentation.addTransformer(agent.transformer, true);
            installed = agent;
            return agent;
        } catch (AgentUnavailableException e) {
            refused = e.getMessage();
            throw e;
        }
    }

    private static @Nullable Instrumentation find() {
        try {
            Class<?> probe = Class.forName(PROBE, true, null);
            return (Instrumentation) probe.getField("instrumentation").get(null);
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw SelfAttach.unavailable("the probe that it finds is of another version (" + e + ")");
        }
    }

    private static void checkProbe() {
        try {
            Class<?> seen = Class.forName(PROBE, false, Agent.class.getClassLoader());
            if (seen.getClassLoader() != null) {
                throw SelfAttach.unavailable("class " + PROBE + " was already loaded by " + seen.getClassLoader()
                        + ", and not by the boot class loader. Take harness-probe off the class path");
            }
        } catch (ClassNotFoundException e) {
            throw SelfAttach.unavailable("class loader " + Agent.class.getClassLoader()
                    + " does not ask the boot class loader for class " + PROBE);
        }
    }

    private void openJdk() {
        Module base = Object.class.getModule();
        // a set of two or three: our module is the unnamed one of our loader, unless we are on the module path
        Set<Module> ours = new HashSet<>();
        ours.add(Agent.class.getModule());
        ours.add(bootUnnamedModule());
        ClassLoader loader = Agent.class.getClassLoader();
        if (loader != null) {
            ours.add(loader.getUnnamedModule());
        }
        Map<String, Set<Module>> opens = new HashMap<>();
        for (String name : OPENED) {
            if (base.getPackages().contains(name)) {
                opens.put(name, ours);
            }
        }
        instrumentation.redefineModule(base, Set.of(), Map.of(), opens, Set.of(), Map.of());
        // the generators of RandomGenerator, before they came to java.base
        ModuleLayer.boot()
                .findModule("jdk.random")
                .ifPresent(random -> instrumentation.redefineModule(
                        random, Set.of(), Map.of(), Map.of("jdk.random", ours), Set.of(), Map.of()));
    }

    private static Module bootUnnamedModule() {
        try {
            return Class.forName(PROBE, false, null).getModule();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the JVM's instrumentation. */
    public Instrumentation instrumentation() {
        return instrumentation;
    }

    /**
     * Rewrites the chosen JDK classes: those that are loaded now, the others as they load.
     *
     * <p>Their hooks do nothing on threads that are not managed.
     */
    public synchronized void rewriteJdk() {
        if (jdkRewritten) {
            return;
        }
        jdkRewritten = true;
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() == null && !type.isArray() && changes(type)) {
                loaded.add(type);
            }
        }
        transformer.rewriteJdk();
        retransform(loaded);
    }

    /** A retransformation without a change costs as much as one with. */
    private boolean changes(Class<?> type) {
        String name = type.getName().replace('.', '/');
        if (name.equals(OutlinedRewriter.NAME)) {
            return true;
        }
        if (!JdkClasses.isCandidate(name)) {
            return false;
        }
        // from its module: a URL of the class loaders would start up file systems and protocol handlers
        try (InputStream in = type.getModule().getResourceAsStream(name + ".class")) {
            return in == null || JdkScan.finds(in.readAllBytes());
        } catch (IOException | RuntimeException e) {
            transformer.fail(name, e);
            return false;
        }
    }

    private void retransform(List<Class<?>> types) {
        if (types.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
        } catch (Exception | LinkageError e) {
            for (Class<?> type : types) {
                try {
                    instrumentation.retransformClasses(type);
                } catch (Exception | LinkageError one) {
                    transformer.fail(type.getName(), one);
                }
            }
        }
    }

    /**
     * Makes what JDK classes of some packages do a matter for the scheduler, as if they were campaign code: synchronizing accesses
     * of memory and monitors are scheduling points, plain accesses are reported. {@link Sites#inside} tells them.
     *
     * @param packagePrefixes such as {@code java.util.concurrent}; empty to have the JDK atomic again
     * @throws IllegalArgumentException for {@code java.lang}, on which the engine itself runs
     */
    public synchronized void exploreInside(Set<String> packagePrefixes) {
        for (String prefix : packagePrefixes) {
            if (prefix.equals("java") || prefix.equals("java.lang") || prefix.startsWith("java.lang.")) {
                throw new IllegalArgumentException(
                        "Package " + prefix + " can not be explored inside: the harness itself runs on it");
            }
        }
        if (packagePrefixes.equals(inside)) {
            return;
        }
        Set<String> before = inside;
        inside = Set.copyOf(packagePrefixes);
        Sites.exploreInside(inside);
        transformer.exploreInside(inside);
        List<Class<?>> affected = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            String name = type.getName().replace('.', '/');
            if (type.getClassLoader() == null
                    && !type.isArray()
                    && instrumentation.isModifiableClass(type)
                    && JdkClasses.isInside(name, before) != JdkClasses.isInside(name, inside)) {
                affected.add(type);
            }
        }
        retransform(affected);
    }

    /** Returns the classes that could not be rewritten, each with the reason, sorted. */
    public List<String> notRewritten() {
        return transformer.failed();
    }
}
