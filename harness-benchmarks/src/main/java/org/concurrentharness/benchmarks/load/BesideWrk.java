package org.concurrentharness.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@code @LoadTest} and wrk in turn against one server, and prints the medians. The server has the first core, both clients
 * the second one, so that neither takes from the server what the other leaves it.
 */
public final class BesideWrk {
    private static final Pattern LATENCY = Pattern.compile("\\s+(50|90|99)%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final List<String> FIGURES = List.of("throughput", "p50", "p90", "p99");
    private static final double MILLIS_PER_SECOND = 1_000;

    private final int rounds;
    private final int seconds;
    private final boolean pinned;

    public BesideWrk(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.pinned = Runtime.getRuntime().availableProcessors() > 1 && isThere("taskset", "--version");
    }

    /** Prints the tables. */
    public void run(List<Integer> connections) throws IOException, InterruptedException {
        noOp();
        if (!isThere("wrk", "-v")) {
            System.out.println(
                    "wrk is not installed (in Debian its package is called wrk): there is nothing to compare with.");
            return;
        }
        System.out.println(
                pinned ? "server on core 0, clients on core 1" : "without taskset: server and clients share all cores");
        Process server = new ProcessBuilder(command(0, java(LoopbackServer.class.getName())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            int port = Integer.parseInt(Objects.requireNonNull(reader.readLine(), "the server did not start"));
            System.out.println(
                    "| server | connections | figure | wrk | @LoadTest | ratio |\n| --- | --- | --- | --- | --- | --- |");
            for (String path : List.of("/none", "/wait")) {
                for (int each : connections) {
                    compare(port, path, each);
                }
            }
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private void compare(int port, String path, int connections) throws IOException, InterruptedException {
        wrk(port, path, connections, 5); // warms the server up
        Map<String, List<Double>> wrk = new TreeMap<>();
        Map<String, List<Double>> ours = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            add(wrk, wrk(port, path, connections, seconds));
            add(ours, ours(HttpCalls.class, port, path, connections));
        }
        for (String figure : FIGURES) {
            double theirs = median(wrk, figure);
            double mine = median(ours, figure);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %s | %.4g | %.4g | %.3f |%n",
                    path,
                    connections,
                    figure.equals("throughput") ? "calls per second" : figure + ", ms",
                    theirs,
                    mine,
                    mine / theirs);
        }
    }

    private static void add(Map<String, List<Double>> all, Map<String, Double> run) {
        run.forEach((figure, value) ->
                all.computeIfAbsent(figure, key -> new ArrayList<>()).add(value));
    }

    private static double median(Map<String, List<Double>> all, String figure) {
        double[] sorted = Objects.requireNonNull(all.get(figure), figure).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Map<String, Double> wrk(int port, String path, int connections, int time)
            throws IOException, InterruptedException {
        String text = output(command(
                1,
                List.of(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + time + "s",
                        "--latency",
                        "http://127.0.0.1:" + port + path)));
        Map<String, Double> figures = new HashMap<>();
        Matcher latency = LATENCY.matcher(text);
        while (latency.find()) {
            double unit = latency.group(3).equals("us")
                    ? 1 / MILLIS_PER_SECOND
                    : latency.group(3).equals("ms") ? 1 : MILLIS_PER_SECOND;
            figures.put("p" + latency.group(1), Double.parseDouble(latency.group(2)) * unit);
        }
        Matcher rate = RATE.matcher(text);
        if (!rate.find() || figures.size() < 3 || text.contains("Non-2xx") || text.contains("Socket errors")) {
            throw new IOException("wrk says: " + text);
        }
        figures.put("throughput", Double.parseDouble(rate.group(1)));
        return figures;
    }

    private Map<String, Double> ours(Class<?> test, int port, String path, int threads)
            throws IOException, InterruptedException {
        String text = output(command(
                1,
                java(
                        "-Dharness.load.threads=" + threads,
                        "-Dharness.load.duration=" + seconds + "s",
                        "-Dharness.load.warmup=5s",
                        "-Dload.connections=" + threads,
                        "-Dload.port=" + port,
                        "-Dload.path=" + path,
                        LoadClient.class.getName(),
                        test.getName())));
        Map<String, Double> figures = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] pair = line.split("=", 2);
            switch (pair[0]) {
                case "harness.load.throughput" -> figures.put("throughput", Double.parseDouble(pair[1]));
                case "harness.load.p50.millis" -> figures.put("p50", Double.parseDouble(pair[1]));
                case "harness.load.p90.millis" -> figures.put("p90", Double.parseDouble(pair[1]));
                case "harness.load.p99.millis" -> figures.put("p99", Double.parseDouble(pair[1]));
                case "harness.load.errors" -> {
                    if (!pair[1].equals("0")) {
                        throw new IOException("@LoadTest says: " + text);
                    }
                }
                default -> {
                    // not compared
                }
            }
        }
        if (figures.size() < FIGURES.size()) {
            throw new IOException("@LoadTest says: " + text);
        }
        return figures;
    }

    /** Prints what a load test costs when there is nothing to call. */
    private void noOp() throws IOException, InterruptedException {
        Map<String, List<Double>> runs = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            add(runs, ours(NoOp.class, 0, "", 1));
        }
        double throughput = median(runs, "throughput");
        System.out.printf(
                Locale.ROOT,
                "A no-op, one thread: %.4g calls per second, %.0f ns for a call, of which it measures %.0f ns at the median%n",
                throughput,
                1e9 / throughput,
                median(runs, "p50") * 1e6);
    }

    private List<String> command(int core, List<String> command) {
        List<String> all = new ArrayList<>();
        if (pinned) {
            all.addAll(List.of("taskset", "-c", Integer.toString(core)));
        }
        all.addAll(command);
        return all;
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static boolean isThere(String... command) {
        try {
            output(List.of(command));
            return true;
        } catch (IOException e) {
            return false; // that is the answer
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while looking for " + command[0] + ".", e);
        }
    }
}
