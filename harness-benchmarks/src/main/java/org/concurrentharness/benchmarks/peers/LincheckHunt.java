package org.concurrentharness.benchmarks.peers;

import org.concurrentharness.benchmarks.programs.Subject;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/** Lincheck's model checking of arbitrary code. It has no seed: each run does the same. */
final class LincheckHunt implements Hunt {
    /** Where executions are counted: Lincheck puts static fields back to what they were before each execution. */
    private static final String COUNT = "peers.executions";

    private final Subject subject;

    LincheckHunt(Subject subject) {
        this.subject = subject;
        System.setProperty(COUNT, "0");
    }

    @Override
    public Result run() {
        Subject program = subject;
        try {
            Lincheck.runConcurrentTest(1_000_000, () -> {
                System.setProperty(COUNT, Long.toString(count() + 1));
                try {
                    program.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (LincheckAssertionError e) {
            // the last execution repeats the one that failed, to tell about it
            return new Result(true, count() - 1, headline(e));
        }
        return new Result(false, count(), "ends by itself, without a word");
    }

    @Override
    public long executions() {
        return count();
    }

    private static long count() {
        return Long.parseLong(System.getProperty(COUNT, "0"));
    }

    private static String headline(LincheckAssertionError failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> line.startsWith("= "))
                .findFirst()
                .orElse("fails")
                .replace("=", "")
                .trim();
    }
}
