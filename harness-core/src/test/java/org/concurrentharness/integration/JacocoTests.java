package org.concurrentharness.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jacoco.agent.rt.RT;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.IMethodCoverage;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JacocoTests {
    @TempDir
    Path directory;

    @Test
    void probesAreNoPointsAndCoverageIsRight() throws Exception {
        Path executed = directory.resolve("jacoco.exec");
        String agent = "-javaagent:" + Fork.origin(RT.class) + "=destfile=" + executed;
        List<String> with = lines(List.of(agent));
        List<String> without = lines(List.of());
        assertThat(with).hasSizeGreaterThan(100).isEqualTo(without);

        IClassCoverage coverage = coverage(executed, CoveredProgram.Counter.class);
        assertThat(coverage.isNoMatch()).isFalse();
        Map<String, Integer> methods = coverage.getMethods().stream()
                .collect(Collectors.toMap(
                        IMethodCoverage::getName,
                        method -> method.getLineCounter().getStatus()));
        assertThat(methods)
                .containsOnly(
                        Map.entry("<init>", ICounter.FULLY_COVERED),
                        Map.entry("increment", ICounter.FULLY_COVERED),
                        Map.entry("total", ICounter.FULLY_COVERED),
                        Map.entry("neverCalled", ICounter.NOT_COVERED));
    }

    private List<String> lines(List<String> options) throws Exception {
        return Fork.run(directory, options, CoveredProgram.class).stream()
                .filter(line -> line.startsWith("seed ") || line.startsWith("  TraceStep"))
                .toList();
    }

    private static IClassCoverage coverage(Path executed, Class<?> type) throws Exception {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(executed.toFile());
        CoverageBuilder coverage = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(loader.getExecutionDataStore(), coverage);
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            analyzer.analyzeClass(in, file);
        }
        return coverage.getClasses().iterator().next();
    }
}
