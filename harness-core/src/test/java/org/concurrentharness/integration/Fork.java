package org.concurrentharness.integration;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own. */
final class Fork {
    private static final long TIMEOUT_SECONDS = 300;

    private Fork() {}

    /** Returns what the JVM printed; it must end with exit code 0. Reports go to {@code directory}. */
    static List<String> run(Path directory, List<String> options, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dharness.report.dir=" + directory);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("does not end: " + command + "\n" + Files.readString(output));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "ends with " + process.exitValue() + ": " + command + "\n" + Files.readString(output));
        }
        return Files.readAllLines(output);
    }

    /** Returns the jar or directory that a class comes from. */
    static Path origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
