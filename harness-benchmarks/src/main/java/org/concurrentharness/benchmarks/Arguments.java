package org.concurrentharness.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.explore.CarrierKind;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;

/**
 * What stands behind the name of a measurement, in any order.
 *
 * @param search a strategy's name; AUTO when there is none
 * @param carrier a carrier's name; AUTO when there is none
 * @param subjects programs by name; none for those that the measurement takes by itself
 * @param numbers {@code key=number}
 * @param flags every other word
 */
record Arguments(
        Search search, CarrierKind carrier, List<Subject> subjects, Map<String, Integer> numbers, List<String> flags) {

    /**
     * Reads arguments.
     *
     * @param allowed the keys and flags that the measurement knows
     * @throws IllegalArgumentException when a word is none of all that
     */
    static Arguments of(String[] words, String... allowed) {
        Search search = Search.AUTO;
        CarrierKind carrier = CarrierKind.AUTO;
        List<Subject> subjects = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<String> flags = new ArrayList<>();
        for (String word : words) {
            Optional<Search> named = constant(Search.values(), word);
            Optional<CarrierKind> carried = constant(CarrierKind.values(), word);
            Optional<Subject> subject = Subject.named(word);
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            if (named.isPresent()) {
                search = named.get();
            } else if (carried.isPresent()) {
                carrier = carried.get();
            } else if (subject.isPresent()) {
                subjects.add(subject.get());
            } else if (!Arrays.asList(allowed).contains(key)) {
                throw new IllegalArgumentException(
                        "\"" + word + "\" is no strategy, carrier or program, and none of " + List.of(allowed) + ".");
            } else if (equals > 0) {
                numbers.put(key, Integer.parseInt(word.substring(equals + 1)));
            } else {
                flags.add(word);
            }
        }
        return new Arguments(search, carrier, subjects, numbers, flags);
    }

    int number(String key, int otherwise) {
        return numbers.getOrDefault(key, otherwise);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /** Returns the default options with this strategy and carrier. */
    Options options() {
        return Options.defaults().strategy(search).carrier(carrier);
    }

    /** Returns whether managed threads are fibers on this JDK. */
    boolean fibers() {
        return carrier == CarrierKind.FIBERS
                || (carrier == CarrierKind.AUTO && Runtime.version().feature() >= 24);
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, String word) {
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
