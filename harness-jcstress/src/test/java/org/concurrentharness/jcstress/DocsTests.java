package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide shows what {@link MavenBuildIT} compiles and runs. */
class DocsTests {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|xml)\n(.*?)^```$");
    private static final Path BUILD = Path.of("src/test/resources/maven-build");

    @Test
    void showsExamplesThatCompile() throws IOException {
        String page = Files.readString(Path.of("../docs/jcstress.md"));
        List<String> examples = BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals("java"))
                .map(block -> plain(block.group(2)))
                .toList();
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(plain(Files.readString(BUILD.resolve("CounterTest.java"))))
                        .contains(example));
    }

    @Test
    void namesTheDefaultsAsTheyAre() throws IOException {
        String page = Files.readString(Path.of("../docs/jcstress.md"));
        assertThat(page)
                .contains(StressOptions.MODE, StressOptions.ARGS, StressOptions.TIMEOUT)
                .contains("less than 20 000, `brief` runs it once more");
        assertThat(StressRun.ENOUGH).isEqualTo(20_000);
    }

    private static String plain(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> a + b + "\n");
    }
}
