package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.concurrentharness.explore.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps what the documentation shows true: its code is the code of the samples, its report the one that they give. */
class DocumentationTests {
    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = Path.of("src", "test", "java", "org", "concurrentharness", "samples");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- code of (\\S+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REPORT =
            Pattern.compile("<!-- report of (\\S+), seed (\\d+) -->\\s*```text\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("```java\\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/getting-started.md",
                "docs/data-races.md",
                "docs/linearizability.md",
                "docs/strategies.md"
            })
    void codeIsTheCodeOfTheSamples(String page) throws IOException {
        String text = read(ROOT.resolve(page));
        Matcher snippets = SNIPPET.matcher(text);
        int found = 0;
        while (snippets.find()) {
            found++;
            assertThat(withoutIndentation(read(SOURCES.resolve(snippets.group(1)))))
                    .contains(withoutIndentation(snippets.group(2)));
        }
        assertThat(found)
                .as("pieces of code")
                .isPositive()
                .isEqualTo(JAVA.matcher(text).results().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/getting-started.md", "docs/data-races.md", "docs/linearizability.md"})
    void reportsAreTheReportsOfTheSamples(String page) throws IOException {
        Matcher reports = REPORT.matcher(read(ROOT.resolve(page)));
        assertThat(reports.find()).isTrue();
        do {
            Map<String, Failure> failures = BrokenSamplesTests.failures(Map.of("harness.seed", reports.group(2)));
            assertThat(failures).containsKey(reports.group(1));
            assertThat(onAnyJdk(failures.get(reports.group(1)).report())).isEqualTo(onAnyJdk(reports.group(3)));
        } while (reports.find());
    }

    @Test
    void linksLeadToFiles() throws IOException {
        for (String page : List.of(
                "README.md",
                "docs/getting-started.md",
                "docs/data-races.md",
                "docs/linearizability.md",
                "docs/strategies.md")) {
            Path from = ROOT.resolve(page);
            Pattern.compile("\\]\\(([^)#:]+)[^):]*\\)")
                    .matcher(read(from))
                    .results()
                    .forEach(link ->
                            assertThat(from.resolveSibling(link.group(1))).exists());
        }
    }

    /** Only what carries the threads differs from JDK to JDK. */
    private static String onAnyJdk(String report) {
        return report.replaceAll("execution (\\d+), on [a-z ]+,", "execution $1, on fibers,")
                .strip();
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }
}
