package org.concurrentharness.jcstress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What becomes of a test: why it fails, if it does, and what else there is to say. */
final class Verdict {
    private static final String LINE = System.lineSeparator();
    private static final int CONFIGURATIONS = 6;
    private static final int ERROR_LINES = 60;

    private Verdict() {}

    /** Returns the message of the failure, or nothing when the test has passed. */
    static Optional<String> failure(SuiteInfo suite, StressRun run) {
        SuiteResult result = run.result(suite);
        Fork.Ending ending = run.ending(suite);
        List<String> parts = new ArrayList<>();
        if (!result.forbidden().isEmpty()) {
            parts.add(forbidden(suite, result));
        }
        for (SuiteResult.Jvm jvm : distinct(result.errors())) {
            parts.add(error(suite, jvm, result, ending));
        }
        if (!ending.refusal().isEmpty() && result.samples() == 0) {
            parts.add("jcstress refuses its options: " + ending.refusal() + ". Change " + StressOptions.ARGS + ".");
        } else if (!ending.complete()) {
            parts.add("jcstress did not finish " + suite.binaryName() + ": " + ending.cause() + "." + tail(ending));
        } else if (result.jvms().isEmpty()) {
            parts.add(notRun(suite, ending));
        } else if (result.samples() == 0 && result.errors().isEmpty()) {
            parts.add("jcstress has run " + suite.binaryName() + " without taking a single sample." + tail(ending));
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        pages(suite, run).ifPresent(parts::add);
        return Optional.of(String.join(LINE + LINE, parts));
    }

    private static String forbidden(SuiteInfo suite, SuiteResult result) {
        long count =
                result.forbidden().stream().mapToLong(SuiteResult.Row::count).sum();
        StringBuilder text = new StringBuilder("Forbidden outcome of " + suite.binaryName() + ": "
                + result.forbidden().stream()
                        .map(row -> "\"" + row.state() + "\" (" + row.description() + ")")
                        .collect(Collectors.joining(", "))
                + ", in " + Histogram.number(count) + " of " + Histogram.number(result.samples()) + " samples"
                + LINE + LINE
                + Histogram.of(result) + LINE + "Seen by JVMs with these options:");
        result.jvms().stream()
                .filter(jvm -> result.forbiddenIn(jvm) > 0)
                .limit(CONFIGURATIONS)
                .forEach(jvm -> text.append(LINE)
                        .append("  ")
                        .append(options(jvm))
                        .append("  (")
                        .append(Histogram.number(result.forbiddenIn(jvm)))
                        .append(" of ")
                        .append(Histogram.number(jvm.samples()))
                        .append(')'));
        return text.toString();
    }

    private static String options(SuiteResult.Jvm jvm) {
        return jvm.options().isEmpty() ? "no options" : jvm.options();
    }

    /** One JVM for each text: what goes wrong in one usually does in all. */
    private static List<SuiteResult.Jvm> distinct(List<SuiteResult.Jvm> errors) {
        List<SuiteResult.Jvm> distinct = new ArrayList<>();
        for (SuiteResult.Jvm jvm : errors) {
            if (distinct.stream().noneMatch(other -> other.error().equals(jvm.error()))) {
                distinct.add(jvm);
            }
        }
        return distinct;
    }

    private static String error(SuiteInfo suite, SuiteResult.Jvm jvm, SuiteResult result, Fork.Ending ending) {
        StringBuilder text = new StringBuilder("jcstress could not run " + suite.binaryName() + " in "
                + result.errors().size() + " of " + result.jvms().size() + " JVMs, such as one with "
                + options(jvm));
        jvm.error()
                .lines()
                .limit(ERROR_LINES)
                .forEach(line -> text.append(LINE).append("  ").append(line));
        ending.stacks().stream()
                .filter(stacks -> stacks.contains(suite.binaryName() + "."))
                .findFirst()
                .ifPresent(stacks -> text.append(LINE)
                        .append("It was ended since it did not end. These threads were in the test:")
                        .append(LINE)
                        .append(inTest(suite, stacks)));
        return text.toString();
    }

    /** Leaves out the threads of jcstress and of the JVM. */
    private static String inTest(SuiteInfo suite, String stacks) {
        return Pattern.compile("\\R\\h*\\R")
                .splitAsStream(stacks)
                .filter(thread -> thread.contains(" " + suite.binaryName() + "."))
                .map(String::strip)
                .collect(Collectors.joining(LINE));
    }

    private static String notRun(SuiteInfo suite, Fork.Ending ending) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (suite.actors().size() > processors) {
            return "jcstress has not run " + suite.binaryName() + ": it has "
                    + suite.actors().size()
                    + " actors, each of which needs a processor, and this machine has " + processors
                    + ". Run it on a larger one, and leave it out here by a tag.";
        }
        return "jcstress has not run " + suite.binaryName() + ", and does not say why." + tail(ending);
    }

    private static String tail(Fork.Ending ending) {
        return ending.tail().isEmpty()
                ? ""
                : ending.tail().stream()
                        .map(line -> "  " + line)
                        .collect(Collectors.joining(LINE, " The end of its output:" + LINE, ""));
    }

    private static Optional<String> pages(SuiteInfo suite, StressRun run) {
        List<Path> pages = run.pages(suite);
        return pages.isEmpty()
                ? Optional.of("Its output: " + run.directory().resolve("jcstress.log"))
                : Optional.of("jcstress's own report: "
                        + pages.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    /** Returns why a pass means little, if it does. */
    static Optional<String> doubt(SuiteInfo suite, StressRun run) {
        long samples = run.result(suite).samples();
        return suite.termination()
                        || samples >= StressRun.ENOUGH
                        || failure(suite, run).isPresent()
                ? Optional.empty()
                : Optional.of("Only " + Histogram.number(samples)
                        + " samples were taken, so that this pass means little; a longer mode takes more.");
    }
}
