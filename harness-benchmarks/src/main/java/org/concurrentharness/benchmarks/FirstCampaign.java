package org.concurrentharness.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;

/** The life of a JVM that runs one campaign of one execution: from the start of the process to its end. */
final class FirstCampaign {
    private static final int ROUNDS = 9;

    private FirstCampaign() {}

    /** What the measured JVM runs. */
    static final class Campaign {
        private Campaign() {}

        public static void main(String[] arguments) {
            Workload.checked(Explorer.explore(Options.defaults().executions(1), () -> {}));
        }
    }

    /** A JVM that does nothing, to compare with. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {}
    }

    /** Prints medians, and the least, which other load disturbed least; the rounds take turns, so that what else the machine does hits all alike. */
    static void run(String... arguments) throws Exception {
        String agent = "-javaagent:" + agentJar();
        List<String> quiet = Runtime.version().feature() >= 21 ? List.of("-XX:+EnableDynamicAgentLoading") : List.of();
        double[] nothing = new double[ROUNDS];
        double[] withAgent = new double[ROUNDS];
        double[] selfAttach = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            nothing[i] = millis(List.of(), Nothing.class);
            withAgent[i] = millis(List.of(agent), Campaign.class);
            selfAttach[i] = millis(quiet, Campaign.class);
        }
        print("JVM that does nothing", nothing);
        print("first campaign, -javaagent", withAgent);
        print("first campaign, self-attach", selfAttach);
    }

    private static void print(String what, double[] millis) {
        double least = Arrays.stream(millis).min().orElseThrow();
        System.out.printf("%-28s median %,6.0f ms, least %,6.0f ms%n", what, Cpu.median(millis), least);
    }

    private static double millis(List<String> options, Class<?> main) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("does not end: " + command);
        }
        long nanos = System.nanoTime() - start;
        if (process.exitValue() != 0) {
            throw new IllegalStateException("ends with " + process.exitValue() + ": " + command);
        }
        return nanos / 1e6;
    }

    private static Path agentJar() {
        try {
            return Path.of(Agent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
