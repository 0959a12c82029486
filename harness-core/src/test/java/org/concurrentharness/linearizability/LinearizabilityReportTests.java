package org.concurrentharness.linearizability;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.linearizability.structures.Broken;
import org.concurrentharness.linearizability.structures.LostSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With {@code -Dgolden.write=true} the golden files are written instead of compared: read the difference before committing. */
class LinearizabilityReportTests {
    private static final Path GOLDEN = Path.of("src/test/resources/org/concurrentharness/linearizability");

    @ParameterizedTest
    @CsvSource({
        "BoundedQueue, not-linearizable",
        "OwnCopies, out-of-time",
        "RacyStack, data-race",
        "TwoLocks, deadlock",
    })
    void tellsTheScenarioAndWhyNothingExplainsIt(String name, String golden) throws Exception {
        tells(Class.forName(Broken.class.getName() + "$" + name), golden);
    }

    @Test
    void tellsWhatShouldNotBlock() throws IOException {
        tells(LostSignal.class, "lost-signal");
    }

    private static void tells(Class<?> type, String golden) throws IOException {
        Failure failure = Linearizability.of(type)
                .options(LinearizabilityTests.options(CarrierKind.THREADS))
                .explore()
                .failure()
                .orElseThrow();

        // where the files are depends on the build
        String text = failure.report()
                .lines()
                .filter(line -> !line.startsWith("The whole report: ") && !line.startsWith("Step through it"))
                .collect(joining("\n", "", "\n"));
        Path file = GOLDEN.resolve(golden + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    }
}
