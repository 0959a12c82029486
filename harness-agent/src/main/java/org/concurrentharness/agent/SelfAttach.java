package org.concurrentharness.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent into this running JVM, by a helper JVM that attaches to it.
 *
 * <p>The helper loads a small jar made here, so that it works wherever our classes come from: a jar, a directory of classes, a
 * class loader that is not the system's.
 */
final class SelfAttach {
    private static final long TIMEOUT_SECONDS = 30;

    private SelfAttach() {}

    /** Attaches, or throws with the remedy. */
    static void attach() {
        Path output = null;
        try {
            Path jar = agentJar();
            output = Files.createTempFile("harness-attach", ".txt");
            Process helper = new ProcessBuilder(command(jar))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!helper.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                helper.destroyForcibly();
                throw unavailable("the helper JVM did not finish within " + TIMEOUT_SECONDS + " seconds");
            }
            String said = Files.readString(output).strip();
            if (helper.exitValue() != 0 || !said.contains(AttachMain.DONE)) {
                throw unavailable(reason(said));
            }
        } catch (IOException e) {
            throw unavailable("the helper JVM could not be started (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the wait for the helper JVM was interrupted");
        } finally {
            delete(output);
        }
    }

    static AgentUnavailableException unavailable(String reason) {
        Path jar = ourJar();
        return new AgentUnavailableException("Concurrent Harness could not load its agent into this JVM: " + reason
                + ".\nAdd -javaagent:" + (jar == null ? "/path/to/harness-agent.jar" : jar)
                + " to the command line of the JVM that runs the tests (Maven Surefire: <argLine>; Gradle: jvmArgs).");
    }

    private static String reason(String said) {
        List<String> options = inputArguments();
        if (options.contains("-XX:-EnableDynamicAgentLoading")) {
            return "it runs with -XX:-EnableDynamicAgentLoading";
        }
        if (options.contains("-XX:+DisableAttachMechanism")) {
            return "it runs with -XX:+DisableAttachMechanism";
        }
        if (said.contains("jdk.attach") || said.contains("com/sun/tools/attach")) {
            return "its Java runtime has no module jdk.attach (a JRE, or a trimmed image)";
        }
        String vm = System.getProperty("java.vm.name", "");
        String first = said.lines().findFirst().orElse("the helper JVM said nothing");
        return "attaching was refused (" + first + ")"
                + (vm.contains("HotSpot") || vm.contains("OpenJDK") ? "" : ", and this JVM is " + vm + ", not HotSpot");
    }

    /** The options of this JVM, without a dependency on java.management, which a trimmed image may lack. */
    private static List<String> inputArguments() {
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        String fromEnvironment = System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", "") + " "
                + System.getenv().getOrDefault("JDK_JAVA_OPTIONS", "");
        return Stream.concat(
                        Arrays.stream(arguments),
                        Arrays.stream(fromEnvironment.trim().split("\\s+")))
                .collect(Collectors.toList());
    }

    private static List<String> command(Path jar) {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return List.of(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-modules",
                "jdk.attach",
                "-cp",
                jar.toString(),
                "org.concurrentharness.agent.AttachMain",
                Long.toString(ProcessHandle.current().pid()),
                jar.toString());
    }

    private static Path agentJar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", "org.concurrentharness.agent.HarnessAgent");
        attributes.putValue("Can-Redefine-Classes", "true");
        attributes.putValue("Can-Retransform-Classes", "true");
        File file = File.createTempFile("harness-agent", ".jar");
        file.deleteOnExit();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file.toPath()), manifest)) {
            copy("org/concurrentharness/agent/HarnessAgent.class", jar);
            copy("org/concurrentharness/agent/AttachMain.class", jar);
            copy(HarnessAgent.PROBE_JAR, jar);
        }
        return file.toPath();
    }

    private static void copy(String resource, JarOutputStream jar) throws IOException {
        try (InputStream in = SelfAttach.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing beside " + SelfAttach.class.getName());
            }
            jar.putNextEntry(new JarEntry(resource));
            in.transferTo(jar);
            jar.closeEntry();
        }
    }

    private static @Nullable Path ourJar() {
        try {
            CodeSource source = SelfAttach.class.getProtectionDomain().getCodeSource();
            Path path = source == null ? null : Path.of(source.getLocation().toURI());
            return path != null && path.toString().endsWith(".jar") ? path : null;
        } catch (URISyntaxException | RuntimeException e) {
            return null;
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
