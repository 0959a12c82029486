package org.concurrentharness.jcstress;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the JVMs of a fork that take too long. Jcstress waits for each of them without limit; when one is ended, it says so in that
 * one's result and goes on with the others.
 */
final class ForkWatch {
    private static final Logger LOG = LoggerFactory.getLogger(JcstressEngine.class);
    private static final long STACKS_SECONDS = 10;

    private final ProcessHandle fork;
    private final long timeoutNanos;

    /** When each was first seen. */
    private final Map<ProcessHandle, Long> since = new HashMap<>();

    /** Ended by us; some take a moment to be gone. */
    private final Set<ProcessHandle> ended = new HashSet<>();

    private final List<String> stacks = new ArrayList<>();
    private long lastChange = System.nanoTime();

    ForkWatch(ProcessHandle fork, Duration timeout) {
        this.fork = fork;
        this.timeoutNanos = timeout.toNanos();
    }

    /** Looks at the JVMs, and ends those that have run for too long. */
    void look() throws InterruptedException {
        List<ProcessHandle> children = fork.children().toList();
        long now = System.nanoTime();
        if (since.keySet().retainAll(children)) {
            lastChange = now;
        }
        for (ProcessHandle child : children) {
            Long began = since.putIfAbsent(child, now);
            if (began == null) {
                lastChange = now;
            } else if (now - began > timeoutNanos && ended.add(child)) {
                LOG.warn("jcstress: a JVM has not ended in {} seconds and is ended", timeoutNanos / 1_000_000_000);
                stacks.add(stacksOf(child));
                child.destroyForcibly();
            }
        }
    }

    /** Returns true when neither a line nor a JVM has come or gone for too long; a JVM has time to end by itself or by us. */
    boolean idleSince(long lastLine) {
        long now = System.nanoTime();
        return since.isEmpty() && Math.min(now - lastLine, now - lastChange) > timeoutNanos;
    }

    /** Returns the stacks of those that were ended. */
    List<String> stacks() {
        return List.copyOf(stacks);
    }

    private String stacksOf(ProcessHandle child) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Path output = Files.createTempFile("jcstress-stacks", ".txt");
            try {
                Process process = new ProcessBuilder(jcmd.toString(), Long.toString(child.pid()), "Thread.print")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(STACKS_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
                return new String(Files.readAllBytes(output), Charset.defaultCharset());
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return "(no stacks: " + e.getMessage() + ")"; // a JVM without tools
        }
    }
}
