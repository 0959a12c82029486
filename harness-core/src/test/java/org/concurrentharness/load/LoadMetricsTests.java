package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrentharness.report.LoadReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadMetricsTests {
    private static final String PREFIX = "concurrent.harness.load.";

    /** A sample as the format has it: name, labels with escaped values, and a number. */
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "(?:\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*)})? "
            + "(NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");

    private static final LoadOptions SHORT =
            LoadOptions.defaults().threads(2).warmup(Duration.ofMillis(20)).duration(Duration.ofMillis(1_200));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path temp;

    @BeforeEach
    void addARegistry() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void removeIt() {
        Metrics.removeRegistry(registry);
        registry.close();
    }

    @Test
    void countsWhatHappensInARunAndGoesOnInTheNext() throws Throwable {
        int[] calls = new int[2];
        Load load = Load.of("metrics of a run", thread -> {
                    Thread.onSpinWait();
                    if (++calls[thread] % 4 == 0) {
                        throw new IllegalStateException("each fourth");
                    }
                })
                .options(SHORT);
        LoadResult first = load.run();

        assertThat(count("metrics of a run", "error")).isEqualTo(first.errors()).isPositive();
        assertThat(count("metrics of a run", "success")).isEqualTo(first.operations() - first.errors());
        assertThat(gauge("throughput", "metrics of a run")).isPositive();
        assertThat(latency("metrics of a run", "second", "99")).isPositive();
        for (String percentile : List.of("50", "90", "99", "99.9", "100")) {
            assertThat(latency("metrics of a run", "load", percentile))
                    .isEqualTo(
                            first.latencies().at(Double.parseDouble(percentile)).toNanos() / 1e9);
        }
        FunctionTimer timer = registry.get(PREFIX + "duration")
                .tag("test", "metrics of a run")
                .functionTimer();
        assertThat(timer.count()).isEqualTo(first.operations());

        LoadResult second = load.run();
        assertThat(count("metrics of a run", "error")).isEqualTo(first.errors() + second.errors());
        assertThat(timer.count()).isEqualTo(first.operations() + second.operations());
    }

    /** Operations that were due and not begun did not end. */
    @Test
    void countsWhatWasCalledOnly() {
        Map<String, Double> samples = samples(PrometheusText.of(LoadStories.behind("behind")));

        assertThat(samples)
                .containsEntry("concurrent_harness_load_operations_total{outcome=\"error\",test=\"behind\"}", 48.0)
                .containsEntry("concurrent_harness_load_operations_total{outcome=\"success\",test=\"behind\"}", 49.0);
    }

    @Test
    void isFedEachSecondWhileTheLoadGoesOn() throws Throwable {
        double[] seen = new double[2];
        LoadListener listener = LoadMetrics.listener("metrics while it runs").orElseThrow();
        LoadResult story = LoadStories.open("metrics while it runs");
        for (int i = 0; i < 2; i++) {
            listener.second(story.seconds().get(i + 6), story.latencies());
            seen[i] = gauge("throughput", "metrics while it runs");
        }
        assertThat(seen).containsExactly(2_000, 1_400);
        assertThat(count("metrics while it runs", "success")).isEqualTo(2_000 + 1_400 - 24);
        assertThat(count("metrics while it runs", "error")).isEqualTo(24);
        assertThat(latency("metrics while it runs", "load", "99"))
                .as("it is not over")
                .isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {LoadStories.NAME, "GET /orders", "a \"quoted\" \\ one\nin two lines", "\u00e4 \u6f22"})
    void writesTheSameTextWithAndWithoutTheRegistryOfPrometheus(String name) {
        LoadResult result = LoadStories.open(name);
        String scraped = PrometheusScrape.of(result);
        String written = PrometheusText.of(result);

        assertThat(samples(written)).isEqualTo(samples(scraped));
        assertThat(comments(written, "TYPE")).isEqualTo(comments(scraped, "TYPE"));
        assertThat(comments(written, "HELP")).isEqualTo(comments(scraped, "HELP"));
        assertThat(LoadMetrics.prometheus(result)).contains(scraped);
    }

    @Test
    void theTextTellsWhatTheResultSays() {
        Map<String, Double> samples = samples(PrometheusText.of(LoadStories.open("a")));

        assertThat(samples)
                .containsEntry("concurrent_harness_load_operations_total{outcome=\"error\",test=\"a\"}", 24.0)
                .containsEntry("concurrent_harness_load_operations_total{outcome=\"success\",test=\"a\"}", 23_976.0)
                .containsEntry("concurrent_harness_load_throughput{test=\"a\"}", 2_000.0)
                .containsEntry("concurrent_harness_load_duration_seconds_count{test=\"a\"}", 24_000.0)
                .containsKey("concurrent_harness_load_latency_seconds{percentile=\"99.9\",test=\"a\",window=\"load\"}")
                .hasSize(2 + 1 + 2 + 3 + 5);
    }

    @Test
    void theFileIsBesideThePage() throws Exception {
        List<Path> files = LoadReports.publish(LoadStories.open("GET /orders"), LoadLimits.none(), temp.toString());

        assertThat(files).hasSize(3);
        assertThat(files.get(2).toString())
                .endsWith(".prom")
                .startsWith(temp.resolve("load").toString());
        assertThat(Files.readString(files.get(2)))
                .contains("concurrent_harness_load_throughput{test=\"GET /orders\"} 2000.0");
    }

    @Test
    void nothingOfItIsLoadedWhereItIsMissing() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(micrometer|opentelemetry|prometheus).*"))
                .collect(Collectors.joining(File.pathSeparator));
        String output = run(classPath);

        assertThat(output).contains("operations true, files 2, text false");
        assertThat(output).doesNotContain("Exception").doesNotContain(" WARN ");
        assertThat(output)
                .doesNotContain("load.GlobalMeters", "load.LoadMeters", "load.Prometheus", "load.TracedOperations");
        assertThat(run(System.getProperty("java.class.path")))
                .as("where it is there, it is loaded")
                .contains("operations true, files 3, text true")
                .contains("load.GlobalMeters", "load.PrometheusScrape");
    }

    private String run(String classPath) throws Exception {
        Path output = Files.createTempFile(temp, "output", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        classPath,
                        LoadProgram.class.getName(),
                        temp.resolve("reports").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        // Classes are told with where they come from; only what is ours is of interest, and what was said.
        return Files.readString(output)
                .lines()
                .filter(line -> !line.contains("[class,load]") && !line.startsWith("[Loaded")
                        || line.contains(" org.concurrentharness.load.")
                        || line.contains(" io.micrometer")
                        || line.contains(" io.opentelemetry"))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Double> samples(String text) {
        Map<String, Double> samples = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            String labels = sample.group(2) == null
                    ? ""
                    : Stream.of(sample.group(2).split(",(?=[a-z]+=\")"))
                            .sorted()
                            .collect(Collectors.joining(",", "{", "}"));
            assertThat(samples.put(sample.group(1) + labels, Double.parseDouble(sample.group(3))))
                    .as("no sample twice")
                    .isNull();
        });
        return samples;
    }

    private static List<String> comments(String text, String kind) {
        return text.lines()
                .filter(line -> line.startsWith("# " + kind + " "))
                .map(String::stripTrailing)
                .sorted()
                .toList();
    }

    private double count(String test, String outcome) {
        FunctionCounter counter = registry.get(PREFIX + "operations")
                .tag("test", test)
                .tag("outcome", outcome)
                .functionCounter();
        return counter.count();
    }

    private double gauge(String name, String test) {
        Gauge gauge = registry.get(PREFIX + name).tag("test", test).gauge();
        return gauge.value();
    }

    private double latency(String test, String window, String percentile) {
        return registry.get(PREFIX + "latency")
                .tag("test", test)
                .tag("window", window)
                .tag("percentile", percentile)
                .gauge()
                .value();
    }
}
