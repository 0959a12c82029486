package org.concurrentharness.jcstress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of jcstress for all selected tests; and, in brief mode, another one for those that had too little of the machine. */
final class StressRun {
    private static final Logger LOG = LoggerFactory.getLogger(JcstressEngine.class);

    /**
     * What makes a brief run mean something: with that many, an outcome of a share of 0.05% is missed once in 20 000 times. A free
     * processor takes a hundredth of a second for it where nothing waits.
     */
    static final long ENOUGH = 20_000;

    private final StressOptions options;
    private final Path directory;
    private final Path java;
    private final BooleanSupplier cancelled;
    private final List<Path> ahead = new ArrayList<>();
    private final Map<String, SuiteResult> results = new LinkedHashMap<>();
    private final Map<String, List<Path>> pages = new LinkedHashMap<>();
    private final Map<String, Fork.Ending> endings = new LinkedHashMap<>();

    /**
     * Prepares a run.
     *
     * @param java what runs Java
     * @param cancelled asked now and then whether to stop
     */
    StressRun(StressOptions options, Path directory, Path java, BooleanSupplier cancelled) {
        this.options = options;
        this.directory = directory.toAbsolutePath();
        this.java = java;
        this.cancelled = cancelled;
    }

    /** Returns the same run with directories of classes that go before all others: what is under test, and made wrong. */
    StressRun ahead(List<Path> directories) {
        StressRun run = new StressRun(options, directory, java, cancelled);
        run.ahead.addAll(directories);
        return run;
    }

    /** Runs the tests; afterwards the other methods tell what came of it. */
    void run(Collection<SuiteInfo> suites, Collection<Class<?>> classes) throws IOException, InterruptedException {
        suites.forEach(suite -> results.put(suite.name(), new SuiteResult(suite)));
        round(directory, options, suites, classes);
        Optional<StressOptions> longer = options.longer();
        List<SuiteInfo> again = suites.stream().filter(this::hadTooLittle).toList();
        if (longer.isPresent() && !again.isEmpty() && !cancelled.getAsBoolean()) {
            LOG.info(
                    "jcstress: once more, and longer, since there were less than {} samples: {}",
                    ENOUGH,
                    again.stream().map(SuiteInfo::name).toList());
            round(directory.resolve("longer"), longer.get(), again, classes);
        }
    }

    private boolean hadTooLittle(SuiteInfo suite) {
        SuiteResult result = result(suite);
        return !suite.termination()
                && ending(suite).complete()
                && result.samples() > 0
                && result.samples() < ENOUGH
                && result.errors().isEmpty()
                && result.forbidden().isEmpty();
    }

    private void round(Path where, StressOptions how, Collection<SuiteInfo> suites, Collection<Class<?>> classes)
            throws IOException, InterruptedException {
        Path list = Files.createDirectories(where.resolve("selected"));
        SuiteLists.write(list, suites);
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(List.of("-cp", classPath(list, classes), ForkMain.class.getName()));
        command.addAll(how.commandLine());
        command.addAll(List.of("-r", where.toString()));
        Fork fork = new Fork(where, command, how.timeout());
        LOG.info("jcstress: {} tests in mode {}; its output is in {}", suites.size(), how.mode(), fork.log());
        Fork.Ending ending = fork.run(cancelled);
        try {
            ResultFiles.read(where, results);
        } catch (IOException e) {
            ending = ending.spoilt("its results cannot be read: " + e);
        }
        if (ending.complete() && ending.exitCode() != 0 && suites.stream().noneMatch(this::failed)) {
            ending = ending.spoilt("jcstress says that it failed, and not in which test");
        }
        for (SuiteInfo suite : suites) {
            endings.put(suite.name(), ending);
            Path page = where.resolve(suite.name() + ".html");
            if (Files.exists(page)) {
                pages.computeIfAbsent(suite.name(), name -> new ArrayList<>()).add(page);
            }
        }
    }

    private String classPath(Path list, Collection<Class<?>> classes) {
        List<Path> first = new ArrayList<>(List.of(list));
        first.addAll(ahead);
        return ClassPath.with(first, classes);
    }

    private boolean failed(SuiteInfo suite) {
        return !result(suite).forbidden().isEmpty() || !result(suite).errors().isEmpty();
    }

    /** Returns what was seen of a test. */
    SuiteResult result(SuiteInfo suite) {
        return results.getOrDefault(suite.name(), new SuiteResult(suite));
    }

    /** Returns how the last run that the test was in has ended. */
    Fork.Ending ending(SuiteInfo suite) {
        return endings.getOrDefault(suite.name(), Fork.Ending.NONE);
    }

    /** Returns jcstress's own pages about a test. */
    List<Path> pages(SuiteInfo suite) {
        return pages.getOrDefault(suite.name(), List.of());
    }

    /** Returns where everything is. */
    Path directory() {
        return directory;
    }
}
