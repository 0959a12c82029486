package org.concurrentharness.jcstress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What jcstress's annotation processor has written down about a test class.
 *
 * @param line the line itself, as jcstress reads it
 * @param name the class's name as results have it, with dots before nested classes
 * @param binaryName the class's name as {@link Class#getName} has it
 * @param actors the names of the methods that run beside each other
 * @param termination true when it looks whether a thread ends, which takes long and is done some times only
 * @param cases what the class says of outcomes, in its order
 */
record SuiteInfo(
        String line, String name, String binaryName, List<String> actors, boolean termination, List<Case> cases) {
    private static final String START = "JCTEST";

    /** What a class says of the outcomes that a pattern matches; of all others when the pattern is empty. */
    record Case(String pattern, Expectation expectation, String description) {
        private boolean matches(String state) {
            return Pattern.matches(pattern, state);
        }
    }

    /** Returns what a line says, or nothing if it is none of jcstress's. */
    static Optional<SuiteInfo> parse(String line) {
        if (!line.startsWith(START)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Reader(line).read());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // of another version of jcstress: as if the class were not there, and that is said
        }
    }

    /** Returns what is expected of an outcome, by the rules of jcstress: equal text, then pattern, then the default. */
    Case caseOf(String state) {
        return cases.stream()
                .filter(each -> each.pattern().equals(state))
                .findFirst()
                .or(() -> cases.stream()
                        .filter(each -> !each.pattern().isEmpty() && each.matches(state))
                        .findFirst())
                .or(() ->
                        cases.stream().filter(each -> each.pattern().isEmpty()).findFirst())
                .orElse(new Case("", Expectation.FORBIDDEN, "no @Outcome matches it"));
    }

    /** Takes a line apart: each value is its length, a letter for its type, and its text. */
    private static final class Reader {
        private final String line;
        private int position = START.length();

        Reader(String line) {
            this.line = line;
        }

        SuiteInfo read() {
            String name = next('S');
            String binaryName = next('S');
            next('S'); // the generated class that runs it
            next('S'); // its description
            List<String> actors = new ArrayList<>();
            for (int left = number(); left > 0; left--) {
                actors.add(next('S'));
            }
            boolean termination = flag();
            List<Case> cases = new ArrayList<>();
            for (int left = number(); left > 0; left--) {
                Expectation expectation = Expectation.numbered(number());
                String description = next('S');
                for (int states = number(); states > 0; states--) {
                    cases.add(new Case(next('S'), expectation, description));
                }
            }
            return new SuiteInfo(line, name, binaryName, List.copyOf(actors), termination, List.copyOf(cases));
        }

        /** A flag is one letter, without a length. */
        private boolean flag() {
            if (line.charAt(position++) != '1' || line.charAt(position++) != 'B') {
                throw new IllegalArgumentException("not a flag at " + position + ": " + line);
            }
            return line.charAt(position++) == 'T';
        }

        private int number() {
            return Integer.parseInt(next('I'));
        }

        private String next(char type) {
            int digits = position;
            while (Character.isDigit(line.charAt(digits))) {
                digits++;
            }
            int length = Integer.parseInt(line.substring(position, digits));
            if (line.charAt(digits) != type) {
                throw new IllegalArgumentException("not a value of type " + type + " at " + digits + ": " + line);
            }
            position = digits + 1 + length;
            return line.substring(digits + 1, position);
        }
    }
}
