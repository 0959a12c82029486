package org.concurrentharness.junit5;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Tests that run beside each other. Immutable.
 *
 * @param type their class
 * @param tests the tests, one for each thread
 */
record Combination(Class<?> type, List<HuntedTest> tests) {
    /** What begins the replay token of a combination; the token of its schedule ends it. */
    static final String TOKEN = "cr1-";

    Combination {
        tests = List.copyOf(tests);
    }

    /** Returns all combinations of so many tests that may run beside each other, in the order of the tests. */
    static List<Combination> all(Class<?> type, List<HuntedTest> tests, int together) {
        List<Combination> all = new ArrayList<>();
        addAll(type, tests, 0, together, List.of(), all);
        return all;
    }

    private static void addAll(
            Class<?> type,
            List<HuntedTest> tests,
            int first,
            int together,
            List<HuntedTest> begun,
            List<Combination> all) {
        if (begun.size() == together) {
            all.add(new Combination(type, begun));
            return;
        }
        for (int i = first; i < tests.size(); i++) {
            HuntedTest next = tests.get(i);
            if (begun.stream().allMatch(next::mayRunBeside)) {
                List<HuntedTest> longer = new ArrayList<>(begun);
                longer.add(next);
                addAll(type, tests, i, together, longer, all);
            }
        }
    }

    /** Returns how many combinations there are at most: each test may run beside itself. */
    static BigInteger count(int tests, int together) {
        BigInteger count = BigInteger.ONE;
        for (int i = 0; i < together; i++) {
            count = count.multiply(BigInteger.valueOf(tests + i)).divide(BigInteger.valueOf(i + 1L));
        }
        return count;
    }

    /** Returns the name in reports. */
    String name() {
        return type.getName() + "#" + label();
    }

    /** Returns the name among the combinations of the class. */
    String label() {
        return joined(HuntedTest::name);
    }

    /** Returns what a person is shown. */
    String displayName() {
        return joined(HuntedTest::displayName);
    }

    private String joined(Function<HuntedTest, String> name) {
        return tests.size() == 1
                ? name.apply(tests.get(0)) + " alone"
                : tests.stream().map(name).collect(Collectors.joining(" beside "));
    }

    /** Returns the name of each test's thread. */
    List<String> threadNames() {
        List<String> names = new ArrayList<>();
        for (HuntedTest test : tests) {
            String name = test.method().getName();
            long before = names.stream()
                    .filter(each -> each.matches("\\Q" + name + "\\E(-\\d+)?"))
                    .count();
            names.add(before == 0 ? name : name + "-" + before);
        }
        return names;
    }

    /** Returns what a report says of the threads. */
    List<String> description() {
        List<String> names = threadNames();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            lines.add("Thread " + names.get(i) + " runs " + tests.get(i).name()
                    + (tests.size() == 1 ? "." : ", which passes alone."));
        }
        return lines;
    }

    /** Returns the token that replays a schedule of this combination. */
    String token(String schedule) {
        return TOKEN + checksum() + "-" + schedule;
    }

    /** Returns whether a token is one of this combination's. */
    boolean has(String token) {
        return token.startsWith(TOKEN + checksum() + "-");
    }

    /** Returns the token of the schedule. */
    static String schedule(String token) {
        return token.substring(token.indexOf('-', TOKEN.length()) + 1);
    }

    private String checksum() {
        CRC32 crc = new CRC32();
        crc.update(name().getBytes(StandardCharsets.UTF_8));
        return Long.toString(crc.getValue(), Character.MAX_RADIX);
    }
}
