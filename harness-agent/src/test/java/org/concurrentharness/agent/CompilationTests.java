package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrentharness.agent.programs.Compiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that a compiler refuses runs on, many times slower: nothing else would tell. */
class CompilationTests {
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
    void theCompilersTakeAllRewrittenCode(String option) throws Exception {
        Fork.Result result = Fork.run(List.of("-XX:+PrintCompilation", option), Compiles.class);
        assertThat(result.output()).contains("done");
        assertThat(result.output().lines().filter(CompilationTests::refused)).isEmpty();
    }

    private static boolean refused(String line) {
        return (line.contains("COMPILE SKIPPED") || line.contains("not compilable"))
                // what came in between is no refusal: compiled again when it is hot again
                && !line.contains("Jvmti state change")
                && !line.contains("concurrent class loading")
                && !line.contains("redefined method");
    }
}
