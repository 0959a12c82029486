package org.concurrentharness.linearizability;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A scenario and a schedule as short text: {@code cl1-}, the scenario in base 36, a hyphen, and the token of the schedule, which has
 * the seed. A checksum covers the class, its operations and the scenario: after a change of the operations the token is refused.
 *
 * @param scenario which calls
 * @param schedule the token that replays the schedule
 */
record ScenarioToken(Scenario scenario, String schedule) {
    static final String PREFIX = "cl1-";
    private static final int RADIX = 36;

    /** So many parts and calls no scenario has. */
    private static final int MANY = 1_000;

    /** Returns the text of this token. */
    String encode(Operations operations) {
        StringBuilder numbers = new StringBuilder();
        append(numbers, scenario.threads().size());
        append(numbers, scenario.initial());
        scenario.threads().forEach(thread -> append(numbers, thread));
        append(numbers, scenario.last());
        append(numbers, checksum(operations, scenario));
        // a digit in front, since leading zeros would be lost
        return PREFIX + new BigInteger("1" + numbers).toString(RADIX) + "-" + schedule;
    }

    private static void append(StringBuilder numbers, List<Call> calls) {
        append(numbers, calls.size());
        for (Call call : calls) {
            append(numbers, call.operation().index());
            call.choices().forEach(choice -> append(numbers, choice));
        }
    }

    /** A number is the count of its digits and its digits; the count of 0 is written as 1 and a 0. */
    private static void append(StringBuilder numbers, long number) {
        String digits = Long.toString(number);
        numbers.append((char) ('0' + digits.length() % 10))
                .append((char) ('0' + digits.length() / 10))
                .append(digits);
    }

    /**
     * Returns the token that a text spells.
     *
     * @throws IllegalArgumentException with one sentence when it spells none, or none for these operations
     */
    static ScenarioToken parse(String text, Operations operations) {
        String token = text.strip();
        int end = token.indexOf('-', PREFIX.length());
        if (!token.startsWith(PREFIX) || end < 0) {
            throw new IllegalArgumentException("\"" + shown(token)
                    + "\" is not the replay token of a linearizability test: such a token begins with \"" + PREFIX
                    + "\"; copy the whole token from the report.");
        }
        try {
            Digits digits =
                    new Digits(new BigInteger(token.substring(PREFIX.length(), end), RADIX).toString(), operations);
            int threads = digits.count();
            List<Call> initial = digits.calls();
            List<List<Call>> each = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                each.add(digits.calls());
            }
            Scenario scenario = new Scenario(initial, each, digits.calls());
            if (digits.number() == checksum(operations, scenario) && threads > 0) {
                return new ScenarioToken(scenario, token.substring(end + 1));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw foreign(token, operations, e);
        }
        throw foreign(token, operations, null);
    }

    private static IllegalArgumentException foreign(
            String token, Operations operations, @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException(
                "The replay token " + shown(token) + " is damaged, or belongs to other operations than those of "
                        + operations.type().getName()
                        + "; put it on the test that it was printed for, and if its operations were changed, run it"
                        + " without replay to get a new token.",
                cause);
    }

    private static String shown(String token) {
        return token.length() <= 24 ? token : token.substring(0, 20) + "...";
    }

    private static long checksum(Operations operations, Scenario scenario) {
        CRC32 crc = new CRC32();
        StringBuilder text = new StringBuilder(operations.type().getName());
        operations.methods().forEach(method -> text.append(' ').append(method.signature()));
        text.append(scenario.initial()).append(scenario.threads()).append(scenario.last());
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static final class Digits {
        private final String digits;
        private final Operations operations;
        private int position = 1;

        Digits(String digits, Operations operations) {
            this.digits = digits;
            this.operations = operations;
        }

        long number() {
            int length = digits.charAt(position) - '0' + 10 * (digits.charAt(position + 1) - '0');
            position += 2 + length;
            return Long.parseLong(digits.substring(position - length, position));
        }

        int count() {
            long count = number();
            if (count < 0 || count > MANY) {
                throw new IllegalArgumentException("a number too large");
            }
            return (int) count;
        }

        List<Call> calls() {
            List<Call> calls = new ArrayList<>();
            for (int left = count(); left > 0; left--) {
                Operations.Method method = operations.methods().get(count());
                List<Long> choices = new ArrayList<>();
                for (Arguments arguments : method.parameters()) {
                    long choice = number();
                    if (choice < 0 || choice >= arguments.count()) {
                        throw new IllegalArgumentException("an argument that there is not");
                    }
                    choices.add(choice);
                }
                calls.add(new Call(method, choices));
            }
            return calls;
        }
    }
}
