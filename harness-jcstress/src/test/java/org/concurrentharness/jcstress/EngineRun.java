package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A run of the engine over some classes. */
record EngineRun(EngineExecutionResults results) {
    /** One configuration of the JVM, and one short iteration: enough to see what becomes of results. */
    static final String QUICKLY = "-jvmArgs -XX:TieredStopAtLevel=1 -iters 1 -time 50";

    static EngineRun of(Path reports, List<Class<?>> classes, String... keysAndValues) {
        Map<String, String> parameters = new HashMap<>(Map.of("harness.report.dir", reports.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new EngineRun(EngineTestKit.engine(JcstressEngine.ID)
                .selectors(classes.stream()
                        .map(DiscoverySelectors::selectClass)
                        .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
                .configurationParameters(parameters)
                .outputDirectoryCreator(new Attachments(reports.resolve("attached")))
                .execute());
    }

    /** A directory for the files of each test, as a launcher has them. */
    private record Attachments(Path root) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(
                    root.resolve(test.getUniqueId().toString().replaceAll("\\W+", "-")));
        }
    }

    /** Returns the files that are attached to the test of a class. */
    List<FileEntry> attachedTo(Class<?> type) {
        return results.testEvents().stream()
                .filter(event -> event.getType() == EventType.FILE_ENTRY_PUBLISHED && isOf(event, type))
                .map(event -> event.getRequiredPayload(FileEntry.class))
                .toList();
    }

    /** Returns what became of the test of a class: the message of its failure, or an empty text. */
    String messageOf(Class<?> type) {
        TestExecutionResult result = results.testEvents().finished().stream()
                .filter(event -> isOf(event, type))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .findFirst()
                .orElseThrow();
        return result.getThrowable()
                .map(thrown -> {
                    assertThat(thrown).isInstanceOf(JcstressFailure.class);
                    return String.valueOf(thrown.getMessage());
                })
                .orElse("");
    }

    /** Returns what the test of a class has published. */
    Map<String, String> publishedBy(Class<?> type) {
        Map<String, String> entries = new TreeMap<>();
        results.testEvents().stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED && isOf(event, type))
                .forEach(event -> entries.putAll(
                        event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()));
        return entries;
    }

    private static boolean isOf(Event event, Class<?> type) {
        return event.getTestDescriptor()
                .getParent()
                .flatMap(parent -> parent.getSource())
                .filter(ClassSource.class::isInstance)
                .map(ClassSource.class::cast)
                .filter(source -> source.getClassName().equals(type.getName()))
                .isPresent();
    }
}
