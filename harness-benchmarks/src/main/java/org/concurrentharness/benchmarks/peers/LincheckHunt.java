package org.concurrentharness.benchmarks.peers;

import java.io.ByteArrayOutputStream;
import org.concurrentharness.benchmarks.programs.Subject;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/** Lincheck's model checking of arbitrary code. It has no seed: each run does the same. */
final class LincheckHunt implements Hunt {
    /**
     * One byte for each execution. The body may not count in a field, which Lincheck puts back before each execution, nor in a concurrent
     * collection (system properties are one), whose inside it explores: that changed what it found. This class of the JDK it leaves alone.
     */
    private final ByteArrayOutputStream count = new ByteArrayOutputStream();

    private final Subject subject;

    LincheckHunt(Subject subject) {
        this.subject = subject;
    }

    @Override
    public Result run() {
        Subject program = subject;
        ByteArrayOutputStream counter = count;
        try {
            Lincheck.runConcurrentTest(1_000_000, () -> {
                counter.write(1);
                try {
                    program.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (LincheckAssertionError e) {
            // the last execution repeats the one that failed, to tell about it
            return new Result(true, count.size() - 1, headline(e));
        }
        return new Result(false, count.size(), "ends by itself, without a word");
    }

    @Override
    public long executions() {
        return count.size();
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
