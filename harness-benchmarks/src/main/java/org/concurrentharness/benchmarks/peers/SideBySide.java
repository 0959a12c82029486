package org.concurrentharness.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.concurrentharness.benchmarks.programs.Subject;

/** Runs each program under each tool, the tools in turns so that what else the machine does hits all alike, and makes a table. */
public final class SideBySide {
    private static final int CORRECT_RUNS = 3;

    /** A tool that did not find a bug in so many runs is not run on it again. */
    private static final int MISSES = 5;

    private static final String HEAD =
            "| program | tool | found | executions to the bug | ms to the bug | CPU-ms to the bug | executions per CPU-second | peak MB | |";

    private final List<Subject> subjects;
    private final List<Tool> tools;
    private final int seeds;
    private final long budgetSeconds;
    private final Path directory;
    private final boolean resumes;
    private final Map<Subject, Map<Tool, List<Finding>>> findings = new EnumMap<>(Subject.class);

    /**
     * Creates a comparison.
     *
     * @param subjects the programs
     * @param words the tools, by word; none for all
     * @param seeds how often each is run
     * @param budgetSeconds how much processor time each may take for a run
     * @param directory where the table and what the tools print is left
     * @param resumes whether runs count that have left their answers there before
     */
    public SideBySide(
            List<Subject> subjects,
            List<String> words,
            int seeds,
            long budgetSeconds,
            Path directory,
            boolean resumes) {
        this.subjects = subjects;
        this.tools = Arrays.stream(Tool.values())
                .filter(tool -> words.isEmpty() || words.contains(tool.word()))
                .toList();
        this.seeds = seeds;
        this.budgetSeconds = budgetSeconds;
        this.directory = directory;
        this.resumes = resumes;
    }

    /** Returns the words that stand for tools. */
    public static List<String> words() {
        return Arrays.stream(Tool.values()).map(Tool::word).distinct().toList();
    }

    /** Runs all, and prints the table as Markdown. */
    public void run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (int seed = 1; seed <= seeds; seed++) {
            for (Subject subject : subjects) {
                for (Tool tool : tools) {
                    List<Finding> before = findings.computeIfAbsent(subject, key -> new EnumMap<>(Tool.class))
                            .computeIfAbsent(tool, key -> new ArrayList<>());
                    if (tool.refuses(subject).isEmpty() && seed <= runs(subject) && !isHopeless(before)) {
                        before.add(hunt(tool, subject, seed));
                    }
                }
            }
            // a long run that is ended by hand leaves what it has
            Files.writeString(directory.resolve("peers.md"), table());
            System.err.println("seed " + seed + " of " + seeds + " done");
        }
        System.out.println(table());
    }

    /** Returns how often a program is run: a correct one only shows how fast the tools are. */
    private int runs(Subject subject) {
        return subject.flaw() == Subject.Flaw.NONE ? Math.min(seeds, CORRECT_RUNS) : seeds;
    }

    private static boolean isHopeless(List<Finding> before) {
        return before.size() >= MISSES && before.stream().noneMatch(Finding::found);
    }

    private Finding hunt(Tool tool, Subject subject, int seed) throws IOException, InterruptedException {
        Path output = directory.resolve(subject.label() + "-" + tool.name() + "-" + seed + ".txt");
        if (resumes && Files.exists(output)) {
            Optional<Finding> before = Finding.in(Files.readString(output));
            if (before.isPresent()) {
                return before.get();
            }
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        if (Runtime.version().feature() >= 21) {
            command.add("-XX:+EnableDynamicAgentLoading");
        }
        command.add("-Dharness.report.dir=" + directory.resolve("reports"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HuntFork.class.getName()));
        command.addAll(List.of(tool.name(), subject.name(), Integer.toString(seed), Long.toString(budgetSeconds)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Duration limit = Tool.longest(Duration.ofSeconds(budgetSeconds)).plusSeconds(60);
        boolean inTime = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        if (!inTime) {
            process.destroyForcibly().waitFor();
        }
        return Finding.in(Files.readString(output))
                .orElseGet(() -> new Finding(false, 0, 0, 0, 0, 0, 0, "no answer, see " + output.getFileName()));
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        text.append(
                "JVM start (%.0f ms, median) is not in the times; each JVM has -Xmx512m; %d runs each, %d of correct programs, %d if none of these found the bug; budget %d CPU-seconds.%n%n"
                        .formatted(
                                median(
                                        findings.values().stream()
                                                .flatMap(byTool -> byTool.values().stream())
                                                .flatMap(List::stream)
                                                .toList(),
                                        Finding::startMillis),
                                seeds,
                                Math.min(seeds, CORRECT_RUNS),
                                Math.min(seeds, MISSES),
                                budgetSeconds));
        text.append(HEAD).append('\n').append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (Subject subject : subjects) {
            for (Tool tool : tools) {
                text.append("| ").append(subject.label()).append(" | ").append(tool.label());
                text.append(tool.refuses(subject)
                        .map(why -> " | - | - | - | - | - | - | " + why)
                        .orElseGet(() -> cells(
                                subject,
                                findings.getOrDefault(subject, Map.of()).getOrDefault(tool, List.of()))));
                text.append(" |\n");
            }
        }
        return text.toString();
    }

    private static String cells(Subject subject, List<Finding> all) {
        List<Finding> found = all.stream().filter(Finding::found).toList();
        String remarks = all.stream().map(Finding::remark).distinct().collect(Collectors.joining("; "));
        if (subject.flaw() == Subject.Flaw.NONE) {
            remarks = (found.isEmpty() ? "correct: " : "correct, a false alarm: ") + remarks;
        }
        return " | %d of %d | %s | %s | %s | %,.0f | %,.0f | %s"
                .formatted(
                        found.size(),
                        all.size(),
                        found.isEmpty() ? "-" : "%,.0f".formatted(median(found, Finding::toBug)),
                        found.isEmpty() ? "-" : "%,.0f".formatted(median(found, Finding::millis)),
                        found.isEmpty() ? "-" : "%,.0f".formatted(median(found, Finding::cpuMillis)),
                        median(
                                all,
                                finding -> finding.cpuMillis() == 0
                                        ? 0
                                        : finding.executions() * 1_000 / finding.cpuMillis()),
                        median(all, finding -> finding.peakKilobytes() / 1_024.0),
                        remarks);
    }

    private static double median(List<Finding> findings, ToDoubleFunction<Finding> value) {
        double[] sorted = findings.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? 0
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
