package org.concurrentharness.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What dependencies cost a run of many tests, beside a run of the same tests without. */
final class OrderOverhead {
    private static final int CLASSES = 100;
    private static final int TESTS = 100;
    private static final int DEPENDENCIES = 5_000;
    private static final int ROUNDS = 5;

    private OrderOverhead() {}

    /** Prints a line for each way to run them, as Markdown: 10 000 tests that do nothing, 5 000 dependencies among them. */
    static void run() throws Exception {
        Path directory = Files.createTempDirectory("order");
        try {
            compile(directory, "free", false);
            compile(directory, "ordered", true);
            System.out.println(
                    "| run | without, ms | with 5 000 dependencies, ms | difference, ms | with pictures, ms |");
            System.out.println("| --- | --- | --- | --- | --- |");
            measure(directory, "in one thread", Map.of());
            for (int parallelism : new int[] {2, 16}) {
                Map<String, String> parameters = new LinkedHashMap<>();
                parameters.put("junit.jupiter.execution.parallel.enabled", "true");
                parameters.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
                parameters.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
                parameters.put("junit.jupiter.execution.parallel.config.fixed.parallelism", "" + parallelism);
                measure(directory, "fork-join, parallelism " + parallelism, parameters);
            }
        } finally {
            delete(directory);
        }
    }

    private static void measure(Path directory, String name, Map<String, String> parameters) throws Exception {
        double[] free = new double[ROUNDS];
        double[] ordered = new double[ROUNDS];
        double[] pictures = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            double without = millis(directory, "free", parameters, false);
            double with = millis(directory, "ordered", parameters, false);
            double drawn = millis(directory, "ordered", parameters, true);
            if (round >= 0) {
                free[round] = without;
                ordered[round] = with;
                pictures[round] = drawn;
            }
        }
        System.out.printf(
                "| %s | %,.0f | %,.0f | %,.0f | %,.0f |%n",
                name,
                Cpu.median(free),
                Cpu.median(ordered),
                Cpu.median(ordered) - Cpu.median(free),
                Cpu.median(pictures));
    }

    /** Runs the tests as a build tool does, in wall time. */
    private static double millis(Path directory, String set, Map<String, String> parameters, boolean pictures)
            throws Exception {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {directory.toUri().toURL()}, OrderOverhead.class.getClassLoader());
                LauncherSession session = LauncherFactory.openSession()) {
            List<Class<?>> classes = new ArrayList<>();
            for (int type = 0; type < CLASSES; type++) {
                classes.add(loader.loadClass(set + ".C" + type));
            }
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(classes.stream()
                            .map(DiscoverySelectors::selectClass)
                            .toList())
                    .configurationParameters(parameters)
                    .configurationParameter("harness.order.pictures", "" + pictures)
                    .build();
            long before = System.nanoTime();
            session.getLauncher().execute(request, summary);
            double millis = (System.nanoTime() - before) / 1e6;
            if (summary.getSummary().getTestsSucceededCount() != CLASSES * TESTS) {
                throw new IllegalStateException(
                        "only " + summary.getSummary().getTestsSucceededCount() + " tests passed");
            }
            return millis;
        }
    }

    private static void compile(Path directory, String set, boolean ordered) throws IOException {
        Random random = new Random(1);
        List<List<String>> annotations = new ArrayList<>();
        for (int test = 0; test < CLASSES * TESTS; test++) {
            annotations.add(new ArrayList<>());
        }
        for (int i = 0; ordered && i < DEPENDENCIES; i++) {
            int test = 1 + random.nextInt(CLASSES * TESTS - 1);
            int on = random.nextInt(test);
            annotations.get(test).add("@DependsOn(tests = \"C" + on / TESTS + "#t" + on + "\") ");
        }
        List<Path> files = new ArrayList<>();
        for (int type = 0; type < CLASSES; type++) {
            StringBuilder source = new StringBuilder("package " + set + ";\n");
            source.append("import org.concurrentharness.junit5.DependsOn;\nimport org.junit.jupiter.api.Test;\n");
            source.append("class C" + type + " {\n");
            for (int test = type * TESTS; test < (type + 1) * TESTS; test++) {
                source.append("  @Test " + String.join("", annotations.get(test)) + "void t" + test + "() {}\n");
            }
            Path file = directory.resolve(set + "-src").resolve("C" + type + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.append("}\n")));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", directory.toString(), "-proc:none", "-nowarn");
            if (!compiler.getTask(null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalStateException("the tests do not compile");
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (var all = Files.walk(directory)) {
            files = new ArrayList<>(all.toList());
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.delete(files.get(i));
        }
    }
}
