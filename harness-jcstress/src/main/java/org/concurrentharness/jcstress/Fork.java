package org.concurrentharness.jcstress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JVM that runs jcstress, and those that jcstress starts, one for each class and configuration. None of them outlives the run,
 * the JVM of the tests, or the timeout.
 */
final class Fork {
    private static final Logger LOG = LoggerFactory.getLogger(JcstressEngine.class);
    private static final long POLL_MILLIS = 100;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path directory;
    private final List<String> command;
    private final Duration timeout;

    Fork(Path directory, List<String> command, Duration timeout) {
        this.directory = directory;
        this.command = command;
        this.timeout = timeout;
    }

    /**
     * How it went.
     *
     * @param complete true when jcstress has come to its end, whatever it found
     * @param cause what kept it from that, as the end of a sentence; empty when nothing did
     * @param tail the last lines of its output
     * @param refusal what it has said against its options; empty if nothing
     * @param stacks the stacks of JVMs that were ended since they did not end
     */
    record Ending(
            boolean complete, int exitCode, String cause, List<String> tail, String refusal, List<String> stacks) {
        static final Ending NONE = new Ending(false, 0, "jcstress was not started", List.of(), "", List.of());

        /** Returns the same ending as one that is worth nothing. */
        Ending spoilt(String why) {
            return new Ending(false, exitCode, why, tail, refusal, stacks);
        }
    }

    /** Returns the file of what it prints. */
    Path log() {
        return directory.resolve("jcstress.log");
    }

    /**
     * Runs it to its end.
     *
     * @param cancelled asked now and then whether to end it before
     * @throws IOException when it cannot be started
     * @throws InterruptedException when interrupted; it is ended then
     */
    Ending run(BooleanSupplier cancelled) throws IOException, InterruptedException {
        Files.write(directory.resolve("command.txt"), command);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        Thread hook = new Thread(() -> end(process), "harness-jcstress-end");
        Runtime.getRuntime().addShutdownHook(hook);
        ForkOutput output = new ForkOutput(process.getInputStream(), log());
        Thread reader = new Thread(output, "harness-jcstress-output");
        reader.setDaemon(true);
        reader.start();
        ForkWatch watch = new ForkWatch(process.toHandle(), timeout);
        String cause = "";
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    cause = "the run was cancelled";
                    break;
                }
                watch.look();
                if (watch.idleSince(output.lastLine())) {
                    cause = "jcstress has done nothing for " + timeout.toSeconds() + " seconds";
                    break;
                }
            }
        } finally {
            end(process);
            unhook(hook);
        }
        process.waitFor();
        reader.join(GRACE.toMillis()); // whoever inherited the pipe may keep it open
        int code = process.exitValue();
        if (cause.isEmpty() && code != 0 && code != 1) {
            cause = "jcstress's JVM ended with exit code " + code;
        }
        String refusal = code == 0 ? "" : output.refusal().orElse("");
        return new Ending(cause.isEmpty(), code, cause, output.tail(), refusal, watch.stacks());
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM goes down, and the hook has run", e);
        }
    }

    /** Ends it, and what it has started: without it, those would run on to their end. */
    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
