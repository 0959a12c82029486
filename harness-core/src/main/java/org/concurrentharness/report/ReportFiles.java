package org.concurrentharness.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/** Writes reports to disk. A directory that cannot be written to costs the file, never the failure. */
final class ReportFiles {
    private static final int LONGEST_NAME = 120;

    private final String directory;

    ReportFiles(String directory) {
        this.directory = directory;
    }

    /** Returns the files in a directory, by default where the build keeps what it makes. */
    static ReportFiles in(String asked) {
        return new ReportFiles(asked.isBlank() ? defaultDirectory(Path.of("")) : asked);
    }

    static String defaultDirectory(Path project) {
        boolean gradle =
                Files.exists(project.resolve("build.gradle")) || Files.exists(project.resolve("build.gradle.kts"));
        return gradle ? "build/harness" : "target/harness";
    }

    /** Writes the replay token alone, before anything else is done with the failure; {@link #write} replaces it. */
    void keepToken(FailureStory story) {
        if (!story.replayToken().isEmpty()) {
            write(story.test(), story.kind() + " in " + story.test() + "\nReplay token: " + story.replayToken() + "\n");
        }
    }

    @Override
    public String toString() {
        return directory;
    }

    Path directory() {
        return Path.of(directory);
    }

    /** Writes a file, which may be in a directory below, and returns its path. */
    Path write(String name, Supplier<String> text) throws IOException {
        Path file = directory().resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, text.get().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** Writes the whole report and returns a sentence that says where it is, or why it is not. */
    String write(FailureStory story) {
        return write(story.test(), FailureReport.full(story));
    }

    private String write(String test, String text) {
        try {
            return "The whole report: " + write(fileName(test), () -> text);
        } catch (IOException | RuntimeException e) {
            return "The whole report could not be written to " + directory + " (" + e
                    + "); set harness.report.dir to a directory that can be written to.";
        }
    }

    /** Returns the name of a test's file: readable, safe on every file system, and different for different tests. */
    static String fileName(String test) {
        return baseName(test) + ".txt";
    }

    static String baseName(String test) {
        String plain = test.endsWith("()") ? test.substring(0, test.length() - 2) : test;
        String safe = plain.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^\\.+", "_");
        if (safe.length() > LONGEST_NAME) {
            safe = safe.substring(0, LONGEST_NAME);
        }
        if (!safe.equals(plain) || safe.isEmpty()) {
            CRC32 crc = new CRC32();
            crc.update(plain.getBytes(StandardCharsets.UTF_8));
            safe += "-" + Long.toHexString(crc.getValue());
        }
        return safe;
    }
}
