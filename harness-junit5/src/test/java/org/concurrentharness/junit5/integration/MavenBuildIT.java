package org.concurrentharness.junit5.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.junit5.ConcurrentTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A real build by Maven, as a user has it: nothing but the dependency. What listeners, filters and engines of ours do must reach
 * Surefire's report; a test of the engines alone would not notice if it did not.
 */
class MavenBuildIT {
    private static final long TIMEOUT_MINUTES = 5;

    @TempDir
    Path project;

    @Test
    void ordersTestsAndHuntsForRaces() throws Exception {
        write();

        String output = build();

        // Five combinations and tests of TicketsTest, of which one fails; of the four others one fails and one is
        // aborted.
        assertThat(output).contains("BUILD FAILURE", "Tests run: 9, Failures: 2, Errors: 0, Skipped: 1");
        assertThat(outcomes("com.acme.SchemaTest")).containsExactly(Map.entry("creates(TestContext)", "passed"));
        assertThat(outcomes("com.acme.AccountsTest"))
                .containsOnlyKeys("opens(TestContext)", "closes", "tidiesUp")
                .hasEntrySatisfying(
                        "opens(TestContext)", outcome -> assertThat(outcome).startsWith("failed: no more accounts"))
                .hasEntrySatisfying(
                        "closes",
                        outcome -> assertThat(outcome)
                                .startsWith("skipped: ")
                                .contains("Not run, because com.acme.AccountsTest#opens failed."))
                .containsEntry("tidiesUp", "passed");
        assertThat(outcomes("com.acme.TicketsTest"))
                .containsOnlyKeys(
                        "buys", "looks", "buys() beside buys()", "buys() beside looks()", "looks() beside looks()")
                .containsEntry("buys", "passed")
                .containsEntry("looks() beside looks()", "passed")
                .hasEntrySatisfying(
                        "buys() beside buys()",
                        outcome -> assertThat(outcome)
                                .startsWith("failed: Exception in com.acme.TicketsTest#buys() beside buys(), after ")
                                .contains("The shortest interleaving found"));
        assertThat(pictures())
                .hasSize(4)
                .anySatisfy(file -> assertThat(file).endsWith("-graph.mmd"))
                .anySatisfy(file -> assertThat(file).endsWith("-timeline.mmd"))
                .anySatisfy(file -> assertThat(file).endsWith(".html"))
                .anySatisfy(file -> assertThat(file).endsWith(".json"));
        assertThat(reports()).anySatisfy(file -> assertThat(file).startsWith("com.acme.TicketsTest_buys_beside_buys"));
    }

    private void write() throws Exception {
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(Path.of("src/test/resources/maven-build/pom.xml"))
                        .replace("@JUNIT@", property("maven-build.junit"))
                        .replace("@SLF4J@", property("maven-build.slf4j"))
                        .replace("@COMPILER_PLUGIN@", property("maven-build.compiler-plugin"))
                        .replace("@RESOURCES_PLUGIN@", property("maven-build.resources-plugin"))
                        .replace("@SUREFIRE_PLUGIN@", property("maven-build.surefire-plugin"))
                        .replace("@OURS@", jarOf(ConcurrentTest.class))
                        .replace("@CORE@", jarOf(Explorer.class))
                        .replace("@AGENT@", jarOf(Agent.class)));
        Path target = project.resolve("src/test/java/com/acme");
        Files.createDirectories(target);
        for (String file : List.of("Tickets.java", "TicketsTest.java", "AccountsTest.java", "SchemaTest.java")) {
            Files.copy(Path.of("src/test/resources/maven-build").resolve(file), target.resolve(file));
        }
    }

    /** Runs Maven without network: what the build that runs this test has used is there. */
    private String build() throws Exception {
        boolean windows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("maven-build.maven"), "bin", windows ? "mvn.cmd" : "mvn")
                .toString());
        command.addAll(List.of("-o", "-B", "-ntp", "-Dmaven.legacyLocalRepo=true"));
        command.add("-Dmaven.repo.local=" + property("maven-build.repository"));
        command.add("test");
        Path output = project.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_OPTS");
        builder.environment().remove("MAVEN_ARGS");
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError("does not end: " + command + "\n" + Files.readString(output));
        }
        return Files.readString(output);
    }

    /** Returns what Surefire's report says of the tests of a class. */
    private Map<String, String> outcomes(String type) throws Exception {
        Path report = project.resolve("target/surefire-reports/TEST-" + type + ".xml");
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String outcome = Stream.of("failure", "skipped")
                    .flatMap(kind -> message(test, kind).stream())
                    .findFirst()
                    .orElse("passed");
            outcomes.put(test.getAttribute("name"), outcome);
        }
        return outcomes;
    }

    private static List<String> message(Element test, String kind) {
        Element found = (Element) test.getElementsByTagName(kind).item(0);
        return found == null
                ? List.of()
                : List.of((kind.equals("failure") ? "failed: " : "skipped: ")
                        + found.getAttribute("message")
                        + found.getTextContent());
    }

    private List<String> pictures() throws IOException {
        return names(project.resolve("target/harness/order"));
    }

    private List<String> reports() throws IOException {
        return names(project.resolve("target/harness"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String jarOf(Class<?> type) throws URISyntaxException {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(jar).as("packaged: run this test by mvn verify").isRegularFile();
        return jar.toString();
    }

    private static String property(String name) {
        @Nullable String value = System.getProperty(name);
        assertThat(value).as(name + ", which the pom sets").isNotBlank();
        return String.valueOf(value);
    }
}
