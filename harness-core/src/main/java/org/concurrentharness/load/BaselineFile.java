package org.concurrentharness.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The file of a baseline: what it knows by test, and for each test by machine. Sorted, and with one line for each run, so that its
 * changes read well.
 */
final class BaselineFile {
    private static final String FORMAT = "concurrent-harness load baseline";
    private static final int VERSION = 1;
    private static final MathContext DIGITS = new MathContext(6);

    /** Locks on files are those of the whole JVM: its threads need one of their own. */
    private static final Object LOCK = new Object();

    private final Map<String, Map<String, BaselineSection>> tests = new TreeMap<>();

    /** What is done while nobody else reads or writes the file. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Does something with a file alone, among all JVMs of this user on this machine. */
    static <T> T locked(Path file, Action<T> action) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]+", "_");
        // Not beside the file: that is a directory of somebody's sources.
        Path lock = Path.of(
                System.getProperty("java.io.tmpdir", "."),
                "concurrent-harness-" + user + "-" + Long.toHexString(crc.getValue()) + ".lock");
        synchronized (LOCK) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // released with the channel
                return action.run();
            }
        }
    }

    /**
     * Reads a file; one that is not there is empty.
     *
     * @throws IllegalArgumentException with a sentence, when it is no baseline that this version can read
     */
    static BaselineFile read(Path file) throws IOException {
        BaselineFile read = new BaselineFile();
        if (Files.notExists(file)) {
            return read;
        }
        String text = Files.readString(file);
        try {
            read.parse(JsonReader.read(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    file + " is not a baseline (" + e.getMessage() + "); mend it, or delete it to begin anew.", e);
        }
        return read;
    }

    BaselineFile() {}

    Map<String, BaselineSection> machines(String test) {
        return tests.computeIfAbsent(test, name -> new TreeMap<>());
    }

    private void parse(Object json) {
        Map<String, Object> file = map("the file", json);
        if (!FORMAT.equals(file.get("format"))) {
            throw new IllegalArgumentException("its format is not \"" + FORMAT + "\"");
        }
        double version = number(file, "version");
        if (version != VERSION) {
            throw new IllegalArgumentException("its version is " + Quantity.digits(version)
                    + ", and this version of the harness knows " + VERSION + " only");
        }
        map("tests", file.get("tests"))
                .forEach((test, machines) -> map(test, machines)
                        .forEach((machine, section) -> machines(test).put(machine, section(map(machine, section)))));
    }

    private static BaselineSection section(Map<String, Object> section) {
        Map<String, Object> options = map("options", section.get("options"));
        List<BaselineRun> learned = new ArrayList<>();
        if (section.get("learned") instanceof List<?> list) {
            list.forEach(run -> learned.add(run(map("learned", run))));
        }
        return new BaselineSection(
                LoadOptions.defaults()
                        .threads((int) number(options, "threads"))
                        .rate(options.containsKey("rate") ? number(options, "rate") : 0)
                        .arrivals(Arrivals.valueOf(text(options, "arrivals")))
                        .warmup(Duration.parse(text(options, "warmup")))
                        .duration(Duration.parse(text(options, "duration"))),
                run(map("reference", section.get("reference"))),
                learned);
    }

    private static BaselineRun run(Map<String, Object> run) {
        return new BaselineRun(
                Instant.parse(text(run, "at")),
                number(run, "throughput"),
                number(run, "errors"),
                nanos(run, "p50"),
                nanos(run, "p90"),
                nanos(run, "p99"),
                nanos(run, "p99.9"),
                nanos(run, "longest"));
    }

    private static Map<String, Object> map(String name, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(name + " is no object");
        }
        Map<String, Object> members = new TreeMap<>();
        map.forEach((key, member) -> members.put((String) key, member));
        return members;
    }

    private static double number(Map<String, Object> map, String name) {
        if (map.get(name) instanceof Double number && number >= 0) {
            return number;
        }
        throw new IllegalArgumentException(name + " is no number from 0");
    }

    private static Duration nanos(Map<String, Object> map, String name) {
        return Duration.ofNanos(Math.round(number(map, name)));
    }

    private static String text(Map<String, Object> map, String name) {
        if (map.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no text");
    }

    /** Replaces a file: whoever reads it meanwhile sees the old one or the new one, whole. */
    void write(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path made = target.resolveSibling(
                "." + target.getFileName() + "-" + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(made, json());
            try {
                Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private String json() {
        StringBuilder json = new StringBuilder();
        json.append("{\n  \"format\": ").append(quoted(FORMAT));
        json.append(",\n  \"version\": ").append(VERSION);
        json.append(",\n  \"units\": \"operations in a second, nanoseconds\",\n  \"tests\": {");
        String betweenTests = "\n";
        for (Map.Entry<String, Map<String, BaselineSection>> test : tests.entrySet()) {
            if (test.getValue().isEmpty()) {
                continue;
            }
            json.append(betweenTests)
                    .append("    ")
                    .append(quoted(test.getKey()))
                    .append(": {");
            betweenTests = ",\n";
            String betweenMachines = "\n";
            for (Map.Entry<String, BaselineSection> machine : test.getValue().entrySet()) {
                json.append(betweenMachines)
                        .append("      ")
                        .append(quoted(machine.getKey()))
                        .append(": {\n");
                betweenMachines = ",\n";
                write(json, machine.getValue());
                json.append("      }");
            }
            json.append("\n    }");
        }
        return json.append("\n  }\n}\n").toString();
    }

    private static void write(StringBuilder json, BaselineSection section) {
        LoadOptions options = section.options();
        json.append("        \"options\": {\"threads\": ").append(options.threads());
        if (options.isOpen()) {
            json.append(", \"rate\": ")
                    .append(new BigDecimal(options.rate())
                            .round(MathContext.DECIMAL64)
                            .stripTrailingZeros()
                            .toPlainString());
        }
        json.append(", \"arrivals\": ").append(quoted(options.arrivals().name()));
        json.append(", \"warmup\": ").append(quoted(options.warmup().toString()));
        json.append(", \"duration\": ")
                .append(quoted(options.duration().toString()))
                .append("},\n");
        json.append("        \"reference\": ").append(json(section.reference())).append(",\n");
        json.append("        \"learned\": [");
        String between = "\n";
        for (BaselineRun run : section.learned()) {
            json.append(between).append("          ").append(json(run));
            between = ",\n";
        }
        json.append(section.learned().isEmpty() ? "]\n" : "\n        ]\n");
    }

    private static String json(BaselineRun run) {
        return "{\"at\": " + quoted(run.at().toString())
                + ", \"throughput\": " + number(run.throughput())
                + ", \"errors\": " + number(run.errors())
                + ", \"p50\": " + run.p50().toNanos()
                + ", \"p90\": " + run.p90().toNanos()
                + ", \"p99\": " + run.p99().toNanos()
                + ", \"p99.9\": " + run.p999().toNanos()
                + ", \"longest\": " + run.longest().toNanos() + "}";
    }

    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || Character.isSurrogate((char) c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
