package org.concurrentharness.junit5.integration;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.agent.Agent;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.mockito.Mockito;

/** Runs test classes in a JVM of its own, as a build tool would. */
final class ForkedRun {
    private static final long TIMEOUT_SECONDS = 120;

    private ForkedRun() {}

    /** Which agent is there before the tests are. */
    enum First {
        NONE,
        OURS,
        MOCKITO
    }

    /** Returns what the JVM printed, the last line "n tests, m failed". Reports go to {@code directory}. */
    static List<String> of(Path directory, List<String> options, First first, Class<?>... tests) throws Exception {
        return of(directory, options, first, directory, tests);
    }

    /** Returns what the JVM printed. Its reports go to {@code reports}. */
    static List<String> of(Path directory, List<String> options, First first, Path reports, Class<?>... tests)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dharness.report.dir=" + reports);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkedRun.class.getName(), first.name()));
        Arrays.stream(tests).map(Class::getName).forEach(command::add);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("does not end: " + command + "\n" + Files.readString(output));
        }
        return Files.readAllLines(output);
    }

    public static void main(String[] arguments) {
        switch (First.valueOf(arguments[0])) {
            case OURS -> Agent.install().rewriteJdk();
            case MOCKITO -> Mockito.mock(ForkedRun.class);
            case NONE -> {}
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (int i = 1; i < arguments.length; i++) {
            request.selectors(DiscoverySelectors.selectClass(arguments[i]));
        }
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request.build(), listener);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        listener.getSummary().printFailuresTo(out, 20);
        out.println(listener.getSummary().getTestsStartedCount() + " tests, "
                + listener.getSummary().getTestsFailedCount() + " failed");
        System.exit(0); // whatever other agents leave running
    }
}
