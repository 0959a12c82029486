package org.concurrentharness.jcstress;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Reads what jcstress has written. Beside ForkMain the only class that touches those of jcstress. */
final class ResultFiles {
    private static final int LINES = 60;

    private ResultFiles() {}

    /**
     * Adds the results in a directory to those of the tests.
     *
     * @param suites by the name that results have
     * @throws IOException when there is a file that cannot be read; what came before in it has been added
     */
    static void read(Path directory, Map<String, SuiteResult> suites) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "jcstress-results-*.bin.gz")) {
            for (Path file : files) {
                DiskReadCollector reader = new DiskReadCollector(file.toString(), result -> {
                    SuiteResult suite = suites.get(result.getName());
                    if (suite != null) {
                        suite.add(jvm(result));
                    }
                });
                try {
                    reader.dump();
                } catch (ClassNotFoundException e) {
                    throw new IOException("of another version of jcstress than " + DiskReadCollector.class, e);
                } finally {
                    reader.close();
                }
            }
        }
    }

    private static SuiteResult.Jvm jvm(TestResult result) {
        Map<String, Long> counts = new TreeMap<>();
        for (String state : result.getStateKeys()) {
            counts.put(state, result.getCount(state));
        }
        return new SuiteResult.Jvm(String.join(" ", result.getConfig().jvmArgs), counts, error(result));
    }

    private static String error(TestResult result) {
        if (result.status() == Status.NORMAL) {
            return "";
        }
        List<String> lines = new ArrayList<>(List.of(what(result.status())));
        Stream.of(result.getMessages(), result.getVmErr(), result.getVmOut())
                .flatMap(List::stream)
                .limit(LINES)
                .forEach(lines::add);
        return lines.stream().collect(Collectors.joining(System.lineSeparator()));
    }

    private static String what(Status status) {
        return switch (status) {
            case API_MISMATCH -> "The classes do not fit each other:";
            case CHECK_TEST_ERROR -> "The test failed when its methods were called once, before the stress:";
            case TIMEOUT_ERROR -> "The test hung:";
            case TEST_ERROR -> "A method of the test threw:";
            default -> "The JVM did not end as it should:";
        };
    }
}
