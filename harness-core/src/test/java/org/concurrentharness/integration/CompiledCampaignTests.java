package org.concurrentharness.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the JIT compilers say: a method that they refuse runs on, many times slower, and nothing else tells. */
class CompiledCampaignTests {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"})
    void theCompilersRefuseNothing(String option) throws Exception {
        String executions = Runtime.version().feature() >= 24 ? "3000" : "300";
        List<String> lines = Fork.run(
                directory,
                List.of("-XX:+PrintCompilation", "-XX:CompileThresholdScaling=0.05", option),
                HotProgram.class,
                executions);
        assertThat(lines).anyMatch(line -> line.contains("done"));
        assertThat(lines)
                .anyMatch(line -> line.contains("HotProgram$Counter::increment"))
                .anyMatch(line -> line.contains("HotProgram$Buffer::take"))
                .anyMatch(line -> line.contains("HotProgram$Stack::push"));
        assertThat(lines.stream().filter(CompiledCampaignTests::refused)).isEmpty();
    }

    /** What came in between, as a class that was loaded meanwhile, is no refusal: the method is compiled when next it is hot. */
    private static boolean refused(String line) {
        return (line.contains("COMPILE SKIPPED") || line.contains("not compilable"))
                && !line.contains("Jvmti state change")
                && !line.contains("concurrent class loading")
                && !line.contains("redefined method"); // waited for a compiler while the JDK was rewritten
    }
}
