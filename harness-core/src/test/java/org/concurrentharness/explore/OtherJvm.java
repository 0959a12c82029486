package org.concurrentharness.explore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Explores the bench programs in a JVM of its own, and prints what came out. */
final class OtherJvm {
    private OtherJvm() {}

    /** Starts a JVM with the given options; returns the lines that {@link #main} printed. */
    static List<String> run(List<String> options, String... arguments) throws Exception {
        Path out = Files.createTempFile("other-jvm", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(OtherJvm.class.getName());
        command.add(out.toString());
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("other-jvm", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the other JVM did not end: " + Files.readString(log));
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("the other JVM failed: " + Files.readString(log));
            }
            return Files.readAllLines(out);
        } finally {
            Files.delete(out);
            Files.delete(log);
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<String> lines = new ArrayList<>();
        List<CarrierKind> carriers = Explorations.carriers();
        CarrierKind carrier = carriers.get(carriers.size() - 1);
        if (arguments[1].equals("explore")) {
            DeterminismTests.programs().forEach(program -> lines.add(DeterminismTests.explore(program, carrier)));
        } else if (arguments[1].equals("hashes")) {
            lines.add(DeterminismTests.identityOrders(CarrierKind.valueOf(arguments[2])));
        } else {
            for (int i = 2; i < arguments.length; i += 2) {
                String name = arguments[i];
                BenchProgramTests.BenchProgram program = BenchProgramTests.BUGGY.stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                Exploration result = Explorer.replay(arguments[i + 1], Explorations.options(carrier), program.body());
                lines.add(name + " " + result.failure().map(Failure::kind).orElseThrow());
            }
        }
        Files.write(Path.of(arguments[0]), lines, StandardCharsets.UTF_8);
    }
}
