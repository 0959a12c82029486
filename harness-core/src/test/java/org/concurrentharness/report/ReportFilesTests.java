package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.concurrentharness.explore.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTests {
    @TempDir
    Path temp;

    @Test
    void writesTheWholeReportAndCreatesDirectories() throws IOException {
        Path directory = temp.resolve("some/where");

        String sentence = new ReportFiles(directory.toString()).write(Stories.deadlock());

        Path file = directory.resolve("com.acme.bank.TransferTests.transfersBothWays.txt");
        assertThat(sentence).isEqualTo("The whole report: " + file);
        assertThat(Files.readString(file)).isEqualTo(FailureReport.full(Stories.deadlock()));
    }

    @Test
    void keepsTheTokenBeforeTheReportIsMade() throws IOException {
        new ReportFiles(temp.toString()).keepToken(Stories.deadlock());

        assertThat(Files.readString(temp.resolve("com.acme.bank.TransferTests.transfersBothWays.txt")))
                .isEqualTo("DEADLOCK in com.acme.bank.TransferTests.transfersBothWays\nReplay token: " + Stories.TOKEN
                        + "\n");
    }

    @Test
    void saysSoWhenTheDirectoryCannotBeWrittenTo() throws IOException {
        Path file = Files.createFile(temp.resolve("a-file"));
        String directory = file.resolve("below").toString();

        assertThat(new ReportFiles(directory).write(Stories.deadlock()))
                .startsWith("The whole report could not be written to " + directory + " (java.nio.file.")
                .endsWith("); set harness.report.dir to a directory that can be written to.");
    }

    @Test
    void saysSoWhenTheDirectoryIsNoPath() {
        assertThat(new ReportFiles("no\0path").write(Stories.deadlock()))
                .isEqualTo("The whole report could not be written to no\0path (java.nio.file.InvalidPathException: Nul"
                        + " character not allowed: no\0path); set harness.report.dir to a directory that can be written"
                        + " to.");
    }

    @Test
    void publishesOnTheConsoleAndOnDisk() throws IOException {
        String text = FailureReport.publish(Stories.exception(), temp.toString());

        Path file = temp.resolve("com.acme.bank.AccountTests.deposits.txt");
        assertThat(text).startsWith("Exception in com.acme").endsWith("The whole report: " + file + "\n");
        assertThat(text.lines()).hasSizeLessThanOrEqualTo(60);
        assertThat(Files.readString(file)).contains("Every step:");
    }

    @Test
    void publishesTheReportEvenWhenNothingCanBeWritten() {
        assertThat(FailureReport.publish(Stories.exception(), "no\0path"))
                .startsWith("Exception in com.acme")
                .contains("@ConcurrentTest(replay = \"" + Stories.TOKEN + "\")")
                .contains("The whole report could not be written to");
    }

    @Test
    void publishesTheTokenEvenWhenNoReportCanBeMade() throws IOException {
        FailureStory impossible = Stories.of(
                Failure.Kind.EXCEPTION, new Trace("A.java", "main").step(-1, 1, "AtomicInteger.get", "", ""));

        assertThat(FailureReport.publish(impossible, temp.toString()))
                .startsWith("EXCEPTION in com.acme.Tests.test\nA message.\nReplay token: " + Stories.TOKEN
                        + "\nThe report could not be made: java.lang.")
                .contains("\nThe whole report could not be made: java.lang.");
        assertThat(Files.readString(temp.resolve("com.acme.Tests.test.txt"))).contains(Stories.TOKEN);
    }

    @Test
    void followsTheBuildTool() throws IOException {
        assertThat(ReportFiles.defaultDirectory(temp)).isEqualTo("target/harness");
        Files.createFile(temp.resolve("build.gradle.kts"));
        assertThat(ReportFiles.defaultDirectory(temp)).isEqualTo("build/harness");
        Files.move(temp.resolve("build.gradle.kts"), temp.resolve("build.gradle"));
        assertThat(ReportFiles.defaultDirectory(temp)).isEqualTo("build/harness");
    }

    @Test
    void namesFilesSafelyAndDifferently() {
        assertThat(ReportFiles.fileName("com.acme.Tests.test()")).isEqualTo("com.acme.Tests.test.txt");
        assertThat(ReportFiles.fileName("a/b")).matches("a_b-[0-9a-f]+\\.txt");
        assertThat(ReportFiles.fileName("a\\b")).isNotEqualTo(ReportFiles.fileName("a/b"));
        assertThat(ReportFiles.fileName("../../etc/passwd")).matches("_[^/]*_etc_passwd-[0-9a-f]+\\.txt");
        assertThat(ReportFiles.fileName("")).matches("-0\\.txt");
        assertThat(ReportFiles.fileName("x".repeat(500))).hasSizeLessThan(140);
    }
}
