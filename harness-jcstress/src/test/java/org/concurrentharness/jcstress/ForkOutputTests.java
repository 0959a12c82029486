package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines are jcstress's own. */
class ForkOutputTests {
    @TempDir
    Path directory;

    @Test
    void tellsHowFarItHasCome() {
        String left = ForkOutput.left("(ETA: in 00:04:03; at Sun, 2026-11-22 07:42:09)")
                .orElseThrow();

        assertThat(ForkOutput.progress("(Results: 40 planned; 7 passed, 1 failed, 2 soft errs, 3 hard errs)", left))
                .contains("13 of 40 JVMs have run, 4 failed, left: 00:04:03");
        assertThat(ForkOutput.progress("(Results: 40 planned; 7 passed, 0 failed, 0 soft errs, 0 hard errs)", ""))
                .contains("7 of 40 JVMs have run, 0 failed");
        assertThat(ForkOutput.left("(ETA: now)")).contains("now");
        assertThat(ForkOutput.progress("  Results across all configurations:", left))
                .isEmpty();
    }

    @Test
    void keepsAllInTheFileAndTheEndForMessages() {
        List<String> lines =
                IntStream.range(0, 100).mapToObj(line -> "line " + line).toList();

        ForkOutput output = read(lines);

        assertThat(directory.resolve("log")).content().hasLineCount(100).startsWith("line 0");
        assertThat(output.tail()).hasSize(40).endsWith("line 99").startsWith("line 60");
        assertThat(output.refusal()).isEmpty();
    }

    @Test
    void tellsWhyOptionsAreRefused() {
        assertThat(read(List.of("ERROR: Unknown mode: swift", "usage")).refusal())
                .contains("Unknown mode: swift");
        assertThat(read(List.of(
                                "Exception in thread \"main\" joptsimple.UnrecognizedOptionException: zap is not a recognized option"))
                        .refusal())
                .contains("zap is not a recognized option");
        assertThat(read(List.of("Requested to use 64 CPUs, but system has only 2 CPUs."))
                        .refusal())
                .contains("Requested to use 64 CPUs, but system has only 2 CPUs.");
    }

    @Test
    void saysThatItsOutputBrokeOff() {
        ForkOutput output = new ForkOutput(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the pipe is gone");
                    }
                },
                directory.resolve("log"));

        output.run();

        assertThat(output.tail()).singleElement().asString().contains("could not be read further", "the pipe is gone");
    }

    private ForkOutput read(List<String> lines) {
        ForkOutput output = new ForkOutput(
                new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(Charset.defaultCharset())),
                directory.resolve("log"));
        output.run();
        return output;
    }
}
