package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocsTests {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junit.md",
                "class-loading.md",
                "fixtures.md",
                "load.md",
                "order.md",
                "proofs.md",
                "race-hunt.md",
                "stress.md",
                "test-order.md"
            })
    void showsExamplesThatCompile(String page) throws IOException {
        List<String> sources = new ArrayList<>();
        Path folder = Path.of("src/test/java/org/concurrentharness/junit5/docs");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sources.add(plain(Files.readString(file)));
            }
        }
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("../docs", page)));
        int examples = 0;
        while (matcher.find()) {
            String example = plain(matcher.group(1));
            assertThat(sources).as(page).anySatisfy(source -> assertThat(source).contains(example));
            examples++;
        }
        assertThat(examples).isPositive();
    }

    private static String plain(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> a + b + "\n");
    }
}
