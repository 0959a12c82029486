package org.concurrentharness.junit5.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the harness on the class path and does not use it pays nothing. */
class UntouchedJvmTests {
    private static final String LOG = "-Xlog:redefine+class+load=info";

    @TempDir
    Path directory;

    static class Ordinary {
        @Test
        void test() {
            assertThat(1 + 1).isEqualTo(2);
        }
    }

    static class Concurrent {
        @ConcurrentTest(executions = 1)
        void test() {}
    }

    @Test
    void noClassIsRewrittenWithoutConcurrentTest() throws Exception {
        assertThat(redefined(List.of(LOG), Ordinary.class)).isEmpty();
    }

    @Test
    void noClassIsRewrittenByTheAgentAlone() throws Exception {
        Path agent = Path.of(
                Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assumeTrue(agent.toString().endsWith(".jar"), "packaged");
        assertThat(redefined(List.of(LOG, "-javaagent:" + agent), Ordinary.class))
                .isEmpty();
    }

    @Test
    void theFirstConcurrentTestRewritesTheJdk() throws Exception {
        assertThat(redefined(List.of(LOG), Concurrent.class))
                .anyMatch(line -> line.contains("java.util.concurrent.locks.LockSupport"));
    }

    private List<String> redefined(List<String> options, Class<?> test) throws Exception {
        List<String> lines = ForkedRun.of(directory, options, ForkedRun.First.NONE, test);
        assertThat(lines).last().isEqualTo("1 tests, 0 failed");
        return lines.stream().filter(line -> line.contains("redefined name=")).toList();
    }
}
