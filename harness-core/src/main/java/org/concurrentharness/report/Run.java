package org.concurrentharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Which JVMs belong together. A build may start several JVMs for the tests of one run, one beside the other or one after the
 * other, and they write into the same directory as those of the run before.
 *
 * <p>A run is, in this order: what {@code harness.run} names; under Maven's Surefire and Failsafe, all JVMs that one Maven
 * process starts; else the JVMs of one parent process that overlap in time, since a daemon of Gradle or an IDE outlives many runs.
 */
final class Run {
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "busybox", "cmd.exe", "powershell.exe", "pwsh");
    private static final String END = ".rows";

    private Run() {}

    /** Returns the identity of a process: numbers are used again, but not at the same time. */
    static String name(ProcessHandle process) {
        long start = process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
        return process.pid() + "-" + start;
    }

    /** Returns the process that asked for this one: its parent, or beyond it when that is a shell. */
    static Optional<ProcessHandle> launcher(ProcessHandle process) {
        Optional<ProcessHandle> parent = process.parent();
        while (parent.isPresent() && isShell(parent.get())) {
            parent = parent.get().parent();
        }
        return parent;
    }

    private static boolean isShell(ProcessHandle process) {
        String command = process.info().command().orElse("");
        int slash = Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\'));
        return SHELLS.contains(command.substring(slash + 1).toLowerCase(Locale.ROOT));
    }

    /** Returns the run that this JVM belongs to, {@code runs} being where the runs of a directory keep their rows. */
    static String current(Path runs) {
        String named = System.getProperty("harness.run", "").strip();
        if (!named.isEmpty()) {
            return safe(named);
        }
        ProcessHandle self = ProcessHandle.current();
        String launcher = launcher(self).map(Run::name).orElse("");
        if (launcher.isEmpty()) {
            return name(self);
        }
        if (System.getProperty("surefire.real.class.path") != null
                || System.getProperty("surefire.test.class.path") != null) {
            return launcher;
        }
        return ofALiveOne(runs, launcher).orElse(launcher + "-" + name(self));
    }

    /** Returns the run of a JVM with that launcher that has not ended. */
    private static Optional<String> ofALiveOne(Path runs, String launcher) {
        for (Path run : runs(runs)) {
            if (run.getFileName().toString().startsWith(launcher + "-")
                    && journals(run).stream().anyMatch(Run::isAlive)) {
                return Optional.of(run.getFileName().toString());
            }
        }
        return Optional.empty();
    }

    /** Returns true when the JVM that writes a journal has not ended. */
    static boolean isAlive(Path journal) {
        String name = journal.getFileName().toString().replace(END, "");
        long pid = Long.parseLong(name.substring(0, name.indexOf('-')));
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && name(process).equals(name))
                .isPresent();
    }

    /** Returns where this JVM keeps its rows. */
    static Path journal(Path runs, String run) {
        return runs.resolve(run).resolve(name(ProcessHandle.current()) + END);
    }

    /** Returns the directories of all runs. */
    static List<Path> runs(Path runs) {
        return list(runs).stream().filter(Files::isDirectory).toList();
    }

    /** Returns the journals of a run. */
    static List<Path> journals(Path run) {
        return list(run).stream()
                .filter(file -> file.getFileName().toString().matches("\\d+-\\d+" + END.replace(".", "\\.")))
                .toList();
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String safe(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_");
        if (safe.equals(name) && safe.length() <= 80 && !safe.startsWith(".")) {
            return safe;
        }
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return "run-" + safe.substring(0, Math.min(60, safe.length())) + "-" + Long.toHexString(crc.getValue());
    }
}
