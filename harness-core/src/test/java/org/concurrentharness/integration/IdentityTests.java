package org.concurrentharness.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A compiler that inlines the switch of the current thread loses stores around it, and does so only after some hundred
 * executions: see {@code CurrentThreadSwitch}.
 */
@EnabledForJreRange(minVersion = 24, disabledReason = "fibers")
class IdentityTests {
    private static final String EXECUTIONS = "20000";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC", "-XX:-TieredCompilation"})
    void theCompilerKeepsTheIdentityOfFibers(String option) throws Exception {
        List<String> lines = Fork.run(directory, List.of(option), IdentityProgram.class, EXECUTIONS);
        // an engine that takes a managed thread for another's does not hear of its failure either
        assertThat(lines).contains("SURVIVED " + EXECUTIONS).noneMatch(line -> line.contains("AssertionError"));
    }
}
