package org.concurrentharness.benchmarks.peers;

import java.time.Duration;
import java.util.Optional;
import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.explore.Search;

/** The tools that are compared. */
enum Tool {
    THIS_AUTO("this, AUTO", "this"),
    THIS_RANDOM("this, RANDOM", "this"),
    LINCHECK("Lincheck", "lincheck"),
    JCSTRESS("jcstress", "jcstress"),
    LOOP("plain loop", "loop");

    private final String label;
    private final String word;

    Tool(String label, String word) {
        this.label = label;
        this.word = word;
    }

    /** Returns what the table calls it. */
    String label() {
        return label;
    }

    /** Returns the word by which it is asked for. */
    String word() {
        return word;
    }

    /** Returns why this tool cannot run the program, if it cannot. */
    Optional<String> refuses(Subject subject) {
        return this == JCSTRESS ? JcstressHunt.refuses(subject) : Optional.empty();
    }

    /** Returns how long a hunt may take by the clock, when others take most of the processors. */
    static Duration longest(Duration budget) {
        return budget.multipliedBy(10);
    }

    Hunt hunt(Subject subject, long seed, Duration budget) {
        return switch (this) {
            case THIS_AUTO -> new HarnessHunt(subject, Search.AUTO, seed, budget);
            case THIS_RANDOM -> new HarnessHunt(subject, Search.RANDOM, seed, budget);
            case LINCHECK -> new LincheckHunt(subject);
            case JCSTRESS -> new JcstressHunt(subject);
            case LOOP -> new LoopHunt(subject);
        };
    }
}
