package org.concurrentharness.jcstress;

/** What a test says of an outcome. */
enum Expectation {
    ACCEPTABLE,
    INTERESTING,
    FORBIDDEN,
    /** None was given; to be counted as forbidden. */
    UNKNOWN;

    /** Returns what jcstress means by a number in its lists of tests. */
    static Expectation numbered(int number) {
        return switch (number) {
            case 0 -> ACCEPTABLE;
            case 1 -> INTERESTING;
            case 2 -> FORBIDDEN;
            case 3 -> UNKNOWN;
            default -> throw new IllegalArgumentException("jcstress has no expectation " + number);
        };
    }

    /** Returns true when a test in which this was seen has failed. */
    boolean fails() {
        return this == FORBIDDEN || this == UNKNOWN;
    }
}
