package org.concurrentharness.explore;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is set for a whole run, by system properties or by a test framework's own parameters: {@code harness.executions} and so
 * on, one key for each option. What is set wins over what the code says. Immutable.
 *
 * @since 0.1
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})\\s*(ms|s|m|h)");

    private final Function<String, Optional<String>> lookup;

    private Settings(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** Returns what the system properties set. */
    public static Settings ofSystemProperties() {
        return new Settings(key -> Optional.ofNullable(System.getProperty(key)));
    }

    /** Returns what {@code lookup} finds by key, such as a test framework's parameters. */
    public static Settings of(Function<String, Optional<String>> lookup) {
        return new Settings(lookup);
    }

    /**
     * Returns {@code options} with everything that is set replaced.
     *
     * @throws IllegalArgumentException when a value is not possible; the message names the key, the value and what is possible
     */
    public Options over(Options options) {
        Options result = options;
        Optional<Integer> executions = wholeNumber("harness.executions", 1);
        if (executions.isPresent()) {
            result = result.executions(executions.get());
        }
        Optional<String> budget = text("harness.budget");
        if (budget.isPresent()) {
            result = result.budget(duration("harness.budget", budget.get()));
        }
        Optional<Search> strategy = constant("harness.strategy", Search.values());
        if (strategy.isPresent()) {
            result = result.strategy(strategy.get());
        }
        Optional<Long> seed = seed();
        if (seed.isPresent()) {
            result = result.seed(seed.get());
        }
        Optional<String> replay = text("harness.replay");
        if (replay.isPresent()) {
            result = result.replay(replay.get());
        }
        Optional<DataRaces> dataRaces = constant("harness.dataRaces", DataRaces.values());
        if (dataRaces.isPresent()) {
            result = result.dataRaces(dataRaces.get());
        }
        Optional<Timeouts> timeouts = constant("harness.timeouts", Timeouts.values());
        if (timeouts.isPresent()) {
            result = result.timeouts(timeouts.get());
        }
        Optional<LeakedThreads> leakedThreads = constant("harness.leakedThreads", LeakedThreads.values());
        if (leakedThreads.isPresent()) {
            result = result.leakedThreads(leakedThreads.get());
        }
        Optional<Integer> maxSteps = wholeNumber("harness.maxSteps", 1);
        if (maxSteps.isPresent()) {
            result = result.maxSteps(maxSteps.get());
        }
        Optional<Integer> preemptions = wholeNumber("harness.preemptions", -1);
        if (preemptions.isPresent()) {
            result = result.preemptions(preemptions.get());
        }
        List<String> inside = packages("harness.inside");
        if (!inside.isEmpty()) {
            result = result.inside(inside.toArray(new String[0]));
        }
        List<String> ignoredRaces = list("harness.races.ignore");
        if (!ignoredRaces.isEmpty()) {
            List<String> all = new ArrayList<>(result.ignoredRaces());
            all.addAll(ignoredRaces);
            result = result.ignoreRaces(all.toArray(new String[0]));
        }
        Optional<CarrierKind> carrier = constant("harness.carrier", CarrierKind.values());
        if (carrier.isPresent()) {
            result = result.carrier(carrier.get());
        }
        Optional<Integer> threads = wholeNumber("harness.threads", 1);
        if (threads.isPresent()) {
            result = result.threads(threads.get());
        }
        Optional<Boolean> isolate = trueOrFalse("harness.isolate");
        if (isolate.isPresent()) {
            result = result.isolate(isolate.get());
        }
        Optional<Boolean> spuriousWakeups = trueOrFalse("harness.spuriousWakeups");
        if (spuriousWakeups.isPresent()) {
            result = result.spuriousWakeups(spuriousWakeups.get());
        }
        return result;
    }

    /**
     * Returns the packages that {@code harness.shared} leaves to the parent class loader.
     *
     * @throws IllegalArgumentException when one of them is not the name of a package
     */
    public List<String> shared() {
        return packages("harness.shared");
    }

    /** Returns the directory for reports that {@code harness.report.dir} sets, or an empty text for the usual one. */
    public String reportDirectory() {
        return text("harness.report.dir").orElse("");
    }

    /**
     * Returns the duration that {@code text} stands for: a whole number and a unit of {@code ms}, {@code s}, {@code m} or
     * {@code h}.
     *
     * @param name what the text was given for, as the message shall name it
     * @throws IllegalArgumentException when it is not a positive duration
     */
    public static Duration duration(String name, String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
            if (!duration.isZero()) {
                return duration;
            }
        }
        throw impossible(name, text, "a positive duration such as \"500ms\", \"10s\" or \"2m\"");
    }

    private Optional<String> text(String key) {
        return lookup.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Optional<Integer> wholeNumber(String key, int least) {
        return text(key).map(value -> {
            try {
                int number = Integer.parseInt(value.replace("_", ""));
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw impossible(key, value, "a whole number from " + least + " to " + Integer.MAX_VALUE);
        });
    }

    private Optional<Long> seed() {
        return text("harness.seed").map(value -> {
            try {
                return value.regionMatches(true, 0, "0x", 0, 2)
                        ? Long.parseUnsignedLong(value.substring(2), 16)
                        : new BigInteger(value.replace("_", "")).longValueExact();
            } catch (NumberFormatException | ArithmeticException e) {
                throw impossible("harness.seed", value, "a whole number of 64 bits, decimal or hexadecimal after 0x");
            }
        });
    }

    private <E extends Enum<E>> Optional<E> constant(String key, E[] constants) {
        return text(key).map(value -> {
            String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
            for (E constant : constants) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            throw impossible(
                    key,
                    value,
                    Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", ", "one of ", "")));
        });
    }

    private Optional<Boolean> trueOrFalse(String key) {
        return text(key).map(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw impossible(key, value, "true or false");
        });
    }

    private List<String> list(String key) {
        return text(key).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private List<String> packages(String key) {
        List<String> names = list(key);
        for (String name : names) {
            if (!name.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c))) {
                throw impossible(key, name, "package names such as \"com.acme.db\", separated by commas");
            }
        }
        return names;
    }

    private static IllegalArgumentException impossible(String name, String value, String possible) {
        return new IllegalArgumentException(name + " is \"" + value + "\"; it must be " + possible + ".");
    }
}
