package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.jcstress.subjects.Hanging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CancellationTests {
    @TempDir
    Path directory;

    @Test
    void aRunThatIsCancelledEndsItsJvm() throws Exception {
        SuiteInfo hanging = new SuiteLists().info(Hanging.class).orElseThrow();
        StressRun run =
                new StressRun(StressOptions.of(key -> Optional.empty()), directory, Preconditions.java(), () -> true);

        run.run(List.of(hanging), Preconditions.classesOfForks());

        assertThat(run.ending(hanging).complete()).isFalse();
        assertThat(Verdict.failure(hanging, run).orElseThrow())
                .startsWith("jcstress did not finish " + Hanging.class.getName() + ": the run was cancelled.");
    }
}
