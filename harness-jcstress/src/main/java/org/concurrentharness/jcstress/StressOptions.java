package org.concurrentharness.jcstress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.concurrentharness.explore.Settings;

/**
 * How jcstress is run.
 *
 * @param mode the name of the mode
 * @param arguments the options of jcstress, less where results go
 * @param brief what {@link #longer} changes; nothing in jcstress's own modes
 * @param timeout how long one of jcstress's JVMs may run
 */
record StressOptions(String mode, List<String> arguments, Map<String, String> brief, Duration timeout) {
    static final String MODE = "harness.jcstress.mode";
    static final String ARGS = "harness.jcstress.args";
    static final String TIMEOUT = "harness.jcstress.timeout";

    private static final String BRIEF = "brief";
    private static final List<String> MODES = List.of(BRIEF, "sanity", "quick", "default", "tough", "stress");

    /** What is said by other means: options of jcstress, and how to say it. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "t", "choose classes as you choose any tests, such as by -Dtest=",
            "m", "set " + MODE + " instead",
            "r", "set harness.report.dir instead",
            "p", "the results are read without it",
            "l", "your build lists the tests",
            "h", "run org.openjdk.jcstress.Main to read its help");

    /** An option that {@code brief} has a value for; {@code TIME} is the milliseconds of an iteration. */
    private static final String TIME = "time";

    /** An iteration of brief, and one that makes up for a machine that has much else to do. */
    private static final String SHORT = "100";

    private static final String LONG = "500";

    private static final Duration LEAST_TIMEOUT = Duration.ofMinutes(2);

    /**
     * Returns what is set.
     *
     * @throws IllegalArgumentException when a value is not possible; the message is a sentence that says what is
     */
    static StressOptions of(Function<String, Optional<String>> lookup) {
        String mode =
                text(lookup, MODE).map(value -> value.toLowerCase(Locale.ROOT)).orElse(BRIEF);
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    MODE + " is \"" + mode + "\"; it must be one of " + String.join(", ", MODES) + ".");
        }
        List<String> extra = words(text(lookup, ARGS).orElse(""));
        Map<String, String> brief = mode.equals(BRIEF) ? briefOptions() : new LinkedHashMap<>();
        extra.forEach(word -> brief.remove(option(word))); // jcstress refuses to be told twice
        List<String> arguments = new ArrayList<>(List.of("-m", mode.equals(BRIEF) ? "quick" : mode));
        arguments.addAll(extra);
        Duration timeout = text(lookup, TIMEOUT)
                .map(value -> Settings.duration(TIMEOUT, value))
                .orElseGet(() -> timeout(mode, extra));
        return new StressOptions(mode, List.copyOf(arguments), brief, timeout);
    }

    /**
     * Interpreted, by each of the compilers, and with what the second moves about at random: each shows what others hide, and a
     * JVM takes less than a second. Some iterations, since where the threads are put is chosen anew for each.
     */
    private static Map<String, String> briefOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("f", "1");
        options.put("fsm", "1");
        options.put("iters", "4");
        options.put(TIME, SHORT);
        options.put("sc", "false");
        options.put("af", "NONE");
        return options;
    }

    private static List<String> words(String text) {
        List<String> words;
        try {
            words = Words.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ARGS + " is <" + text
                    + ">; it must be options of jcstress, as on a command line: " + e.getMessage() + ".");
        }
        for (String word : words) {
            String other = OTHERWISE.get(option(word));
            if (other != null) {
                throw new IllegalArgumentException(ARGS + " holds " + word + ", which is not for it; " + other + ".");
            }
        }
        return words;
    }

    /** Returns the name of an option, or an empty text for what is none. */
    private static String option(String word) {
        return word.startsWith("-") ? word.replaceFirst("^--?", "").replaceFirst("=.*", "") : "";
    }

    private static Optional<String> text(Function<String, Optional<String>> lookup, String key) {
        return lookup.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A JVM runs some iterations one after the other; whether one of them hangs, jcstress sees by itself after 30 seconds. */
    private static Duration timeout(String mode, List<String> extra) {
        int iterations = number(extra, "iters", mode.equals("stress") ? 50 : 10);
        int millis = number(extra, TIME, 1_000);
        Duration needed =
                Duration.ofMillis(millis).multipliedBy(3L * iterations).plusMinutes(1);
        return needed.compareTo(LEAST_TIMEOUT) > 0 ? needed : LEAST_TIMEOUT;
    }

    /** Returns the value of an option; jcstress itself refuses those that are no numbers. */
    private static int number(List<String> words, String option, int otherwise) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (option(words.get(i)).equals(option) && words.get(i + 1).matches("\\d{1,8}")) {
                return Integer.parseInt(words.get(i + 1));
            }
        }
        return otherwise;
    }

    /** Returns the whole command line of jcstress, less where results go. */
    List<String> commandLine() {
        List<String> line = new ArrayList<>(arguments);
        brief.forEach((option, value) -> line.addAll(List.of("-" + option, value)));
        return line;
    }

    /** Returns the same with more time for each iteration, where that is not the user's to say. */
    Optional<StressOptions> longer() {
        if (!SHORT.equals(brief.get(TIME))) {
            return Optional.empty();
        }
        Map<String, String> longer = new LinkedHashMap<>(brief);
        longer.put(TIME, LONG);
        return Optional.of(new StressOptions(mode, arguments, longer, timeout));
    }
}
