package org.concurrentharness.stress;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is thought of some outcomes.
 *
 * @param id which outcomes: those that match as a whole
 * @param expect what is thought of them
 * @param description why, may be empty
 */
record Expectation(Pattern id, Expect expect, String description) {
    private static final Expectation NOT_EXPECTED =
            new Expectation(Pattern.compile(""), Expect.FORBIDDEN, "expected by none");
    private static final Expectation ANY = new Expectation(Pattern.compile(""), Expect.ACCEPTABLE, "");

    static Expectation of(String id, Expect expect, String description) {
        try {
            return new Expectation(Pattern.compile(id), expect, description);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "The outcome \"" + id + "\" is no regular expression: " + e.getDescription() + ".", e);
        }
    }

    /** Returns the first that is about an outcome. When there are none at all, everything is acceptable, otherwise what is not named is not. */
    static Expectation of(String outcome, List<Expectation> expectations) {
        return expectations.stream()
                .filter(each -> each.id.matcher(outcome).matches())
                .findFirst()
                .orElse(expectations.isEmpty() ? ANY : NOT_EXPECTED);
    }
}
