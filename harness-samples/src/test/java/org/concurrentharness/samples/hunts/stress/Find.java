package org.concurrentharness.samples.hunts.stress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * What came of one program, by one way.
 *
 * @param found whether a round failed
 * @param start how that round was started, where starts are told apart
 * @param rounds how many rounds there were, that one included
 * @param millis how long all of them took
 * @param what what that round threw, or that it hung; empty if none failed
 */
record Find(boolean found, Optional<String> start, long rounds, long millis, String what) {
    static String told(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String name = root.getClass().getSimpleName();
        return message == null
                ? name
                : name + ": " + message.strip().lines().findFirst().orElse("");
    }

    static Find read(Path file) throws IOException {
        Properties lines = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            lines.load(in);
        }
        return new Find(
                Boolean.parseBoolean(lines.getProperty("found")),
                Optional.ofNullable(lines.getProperty("start")),
                Long.parseLong(lines.getProperty("rounds")),
                Long.parseLong(lines.getProperty("millis")),
                lines.getProperty("what"));
    }

    void write(Path file) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("found", Boolean.toString(found));
        start.ifPresent(name -> lines.setProperty("start", name));
        lines.setProperty("rounds", Long.toString(rounds));
        lines.setProperty("millis", Long.toString(millis));
        lines.setProperty("what", what);
        try (OutputStream out = Files.newOutputStream(file)) {
            lines.store(out, null);
        }
    }

    @Override
    public String toString() {
        return found
                ? String.format(
                        Locale.ROOT,
                        "%,6d %,7d ms  %s",
                        rounds,
                        millis,
                        start.map(name -> name + " start").orElse(""))
                : String.format(Locale.ROOT, "%,6d %,7d ms  not found", rounds, millis);
    }
}
