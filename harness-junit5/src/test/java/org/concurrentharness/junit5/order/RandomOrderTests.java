package org.concurrentharness.junit5.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/**
 * Suites that depend on each other at random: nothing hangs, nothing starts early, and what is aborted is what depends, directly or
 * not, on what failed.
 */
class RandomOrderTests {
    private static final int SUITES = Integer.getInteger("order.suites", Boolean.getBoolean("thorough") ? 500 : 40);

    @TempDir
    private Path directory;

    @Test
    void startInOrderAndAreAbortedExactlyWithWhatTheyDependOn() throws Exception {
        List<RandomSuite> suites = new ArrayList<>();
        Map<String, String> sources = new TreeMap<>();
        for (int number = 0; number < SUITES; number++) {
            RandomSuite suite = new RandomSuite(number);
            suites.add(suite);
            sources.putAll(suite.sources());
        }
        Journal.take();
        int aborted = 0;
        try (Generated generated = Generated.of(directory, sources)) {
            for (int number = 0; number < SUITES; number++) {
                RandomSuite suite = suites.get(number);
                for (String executor : Launched.executors()) {
                    for (int parallelism : new int[] {1, 2, 4, 16}) {
                        Launched run = Launched.of(
                                Launched.parallel(executor, parallelism),
                                generated.classes(suite.sources().keySet()).stream()
                                        .map(DiscoverySelectors::selectClass)
                                        .toList());
                        Map<String, String> outcomes = new TreeMap<>(run.outcomes());
                        outcomes.replaceAll((test, outcome) -> outcome.replaceFirst(":.*", ""));
                        assertThat(outcomes)
                                .as("suite %d, %s, %d: %s", number, executor, parallelism, run.outcomes())
                                .isEqualTo(suite.expected());
                        assertThat(suite.violations(Journal.take()))
                                .as("suite %d, %s, %d", number, executor, parallelism)
                                .isEmpty();
                    }
                }
                aborted += (int) suite.expected().values().stream()
                        .filter("aborted"::equals)
                        .count();
            }
        }
        assertThat(aborted).isGreaterThan(SUITES); // the suites are such that there is something to see
    }
}
