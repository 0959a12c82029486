package org.concurrentharness.jcstress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the fork prints: all of it goes to a file, its end into messages, and how far it has come to the log. */
final class ForkOutput implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JcstressEngine.class);
    private static final int TAIL = 40;
    private static final Duration LOG_EVERY = Duration.ofSeconds(15);
    private static final Pattern RESULTS = Pattern.compile(
            "\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");
    private static final Pattern LEFT = Pattern.compile("\\(ETA: (?:in )?([^;)]+).*\\)");
    private static final Pattern REFUSED = Pattern.compile(
            "ERROR: (.*)|(Requested to use \\d+ CPUs.*)|.*OptionException: (.*)|.*joptsimple\\.\\w+: (.*)");

    private final InputStream stream;
    private final Path file;

    private final Deque<String> tail = new ArrayDeque<>(); // guarded by this, as are all below
    private Optional<String> refusal = Optional.empty();
    private String left = "";
    private long lastLine = System.nanoTime();
    private long lastLogged = lastLine;

    ForkOutput(InputStream stream, Path file) {
        this.stream = stream;
        this.file = file;
    }

    @Override
    public void run() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, Charset.defaultCharset()));
                PrintWriter copy = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.println(line);
                accept(line);
            }
        } catch (IOException e) {
            accept("(its output could not be read further: " + e + ")");
        }
    }

    private synchronized void accept(String line) {
        lastLine = System.nanoTime();
        if (!line.isBlank()) {
            tail.addLast(line);
            if (tail.size() > TAIL) {
                tail.removeFirst();
            }
        }
        Matcher refused = REFUSED.matcher(line);
        if (refusal.isEmpty() && refused.matches()) {
            for (int i = 1; i <= refused.groupCount() && refusal.isEmpty(); i++) {
                refusal = Optional.ofNullable(refused.group(i));
            }
        }
        left = left(line).orElse(left);
        if (lastLine - lastLogged > LOG_EVERY.toNanos()) {
            progress(line, left).ifPresent(progress -> {
                lastLogged = lastLine;
                LOG.info("jcstress: {}", progress);
            });
        }
    }

    /** Returns how long jcstress thinks that it will take, if the line says that. */
    static Optional<String> left(String line) {
        Matcher eta = LEFT.matcher(line);
        return eta.find() ? Optional.of(eta.group(1)) : Optional.empty();
    }

    /** Returns how far jcstress has come, if the line says that. */
    static Optional<String> progress(String line, String left) {
        Matcher results = RESULTS.matcher(line);
        if (!results.find()) {
            return Optional.empty();
        }
        int passed = Integer.parseInt(results.group(2));
        int failed = Integer.parseInt(results.group(3)) + Integer.parseInt(results.group(5));
        int odd = Integer.parseInt(results.group(4));
        return Optional.of((passed + failed + odd) + " of " + results.group(1) + " JVMs have run, " + failed + " failed"
                + (left.isEmpty() ? "" : ", left: " + left));
    }

    /** Returns the last lines. */
    synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    /** Returns what jcstress has said against its options, if it has. */
    synchronized Optional<String> refusal() {
        return refusal;
    }

    /** Returns when the last line came, in the time of {@link System#nanoTime}. */
    synchronized long lastLine() {
        return lastLine;
    }
}
