package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.explore.Explorer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/**
 * A real build by Maven, as a user has it. Surefire drops the tests of an engine that are not as it expects them, and the build
 * succeeds: no test of the engine alone would notice.
 */
class MavenBuildIT {
    private static final long TIMEOUT_MINUTES = 5;

    @TempDir
    Path project;

    @BeforeEach
    void writeProject() throws Exception {
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(Path.of("src/test/resources/maven-build/pom.xml"))
                        .replace("@JUNIT@", property("maven-build.junit"))
                        .replace("@JCSTRESS@", property("maven-build.jcstress"))
                        .replace("@SLF4J@", property("maven-build.slf4j"))
                        .replace("@COMPILER_PLUGIN@", property("maven-build.compiler-plugin"))
                        .replace("@RESOURCES_PLUGIN@", property("maven-build.resources-plugin"))
                        .replace("@SUREFIRE_PLUGIN@", property("maven-build.surefire-plugin"))
                        .replace("@OURS@", jarOf(JcstressEngine.class))
                        .replace("@CORE@", jarOf(Explorer.class))
                        .replace("@AGENT@", jarOf(Agent.class)));
        copy("CounterTest.java");
        copy("AtomicCounterTest.java");
        copy("NestTest.java");
    }

    private void copy(String file) throws IOException {
        Path target = project.resolve("src/test/java/com/acme").resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of("src/test/resources/maven-build").resolve(file), target);
    }

    @Test
    void aForbiddenOutcomeBreaksTheBuildAndIsInSurefiresXml() throws Exception {
        Build build = maven("test");

        assertThat(build.output()).contains("BUILD FAILURE", "Tests run: 3, Failures: 2, Errors: 0, Skipped: 0");
        assertThat(build.code()).isNotZero();
        Element failure = failureOf("com.acme.CounterTest");
        assertThat(failure.getAttribute("type")).isEqualTo(JcstressFailure.class.getName());
        assertThat(failure.getTextContent())
                .contains("Forbidden outcome of com.acme.CounterTest: \"1\" (one lost), in ")
                .containsPattern("state +count +share +expectation +description")
                .containsPattern("1 +[\\d,]+ +\\S+% +FORBIDDEN +one lost")
                .containsPattern("2 +[\\d,]+ +\\S+% +ACCEPTABLE +both counted");
        assertThat(failureOf("com.acme.AtomicCounterTest")).isNull();
        assertThat(failureOf("com.acme.NestTest").getTextContent())
                .contains("Forbidden outcome of com.acme.NestTest$Inner: \"2\" (both counted), in ");
    }

    @Test
    void aTestThatPassesPassesTheBuild() throws Exception {
        Build build = maven("test", "-Dtest=AtomicCounterTest");

        assertThat(build.output()).contains("BUILD SUCCESS", "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(build.code()).isZero();
        assertThat(failureOf("com.acme.AtomicCounterTest")).isNull();
    }

    @Test
    void groupsAndMethodsSelectTests() throws Exception {
        Build build = maven("test", "-Dgroups=atomic", "-Dharness.jcstress.args=-jvmArgs -Xint -iters 1 -time 20");
        assertThat(build.output()).contains("BUILD SUCCESS", "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(build.output()).doesNotContain("CounterTest.java");

        Build method = maven("test", "-Dtest=CounterTest#first", "-Dharness.jcstress.mode=no-such-mode");
        assertThat(method.output())
                .contains("BUILD FAILURE", "Tests run: 1, Failures: 1", "harness.jcstress.mode is \"no-such-mode\"");

        Build nested = maven("test", "-Dtest=NestTest", "-Dharness.jcstress.mode=no-such-mode");
        assertThat(nested.output()).contains("BUILD FAILURE", "Tests run: 1, Failures: 1");
    }

    private record Build(int code, String output) {}

    /** Runs Maven without network: what the build that runs this test has used is there. */
    private Build maven(String... arguments) throws Exception {
        boolean windows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("maven-build.maven"), "bin", windows ? "mvn.cmd" : "mvn")
                .toString());
        command.addAll(List.of("-o", "-B", "-ntp", "-Dmaven.legacyLocalRepo=true"));
        command.add("-Dmaven.repo.local=" + property("maven-build.repository"));
        command.addAll(List.of(arguments));
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
        return new Build(process.exitValue(), Files.readString(output));
    }

    /** Returns the failure that Surefire's report of a class tells of, or null. */
    private Element failureOf(String type) throws Exception {
        Path report = project.resolve("target/surefire-reports/TEST-" + type + ".xml");
        return (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("failure")
                .item(0);
    }

    private static String jarOf(Class<?> type) throws URISyntaxException {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(jar).as("packaged: run this test by mvn verify").isRegularFile();
        return jar.toString();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        assertThat(value).as(name + ", which the pom sets").isNotBlank();
        return value;
    }
}
