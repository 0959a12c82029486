package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrentharness.agent.programs.Installs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfAttachTests {
    @Test
    void attachesToThisJvm() throws Exception {
        Fork.Result result = Fork.run(List.of(), Installs.class);
        assertThat(result.output().lines().filter(line -> !line.startsWith("WARNING")))
                .containsExactly("not rewritten: []", "not rewritten: []", "works: {a=1}");
        assertThat(result.exit()).isZero();
    }

    @Test
    void printsNoWarningWhereTheUserAllowsAgents() throws Exception {
        Fork.Result result = Fork.run(List.of("-XX:+EnableDynamicAgentLoading"), Installs.class);
        assertThat(result.output()).doesNotContainIgnoringCase("warning");
    }

    @Test
    void survivesTheVerifierAndTheJniChecks() throws Exception {
        Fork.Result result = Fork.run(
                List.of(
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+BytecodeVerificationLocal",
                        "-XX:+BytecodeVerificationRemote",
                        "-Xcheck:jni"),
                Installs.class);
        assertThat(result.output()).contains("not rewritten: []", "works: {a=1}");
    }

    @ParameterizedTest
    @CsvSource({"-XX:-EnableDynamicAgentLoading", "-XX:+DisableAttachMechanism"})
    void saysWhyItIsRefusedAndWhatToDo(String option) throws Exception {
        Fork.Result result = Fork.run(List.of(option), Installs.class);
        String message = "refused: Concurrent Harness could not load its agent into this JVM: it runs with " + option
                + ".\nAdd -javaagent:/path/to/harness-agent.jar to the command line of the JVM that runs the tests"
                + " (Maven Surefire: <argLine>; Gradle: jvmArgs).\n";
        assertThat(result.output()).isEqualTo(message + message + "works: {a=1}\n");
    }

    @Test
    void saysThatTheRuntimeHasNoAttaching() throws Exception {
        Fork.Result result = Fork.run(List.of("--limit-modules", "java.base,java.instrument"), Installs.class);
        // the helper JVM is of the same Java runtime, whose modules this option does not take away
        assertThat(result.output()).contains("not rewritten: []");
    }
}
