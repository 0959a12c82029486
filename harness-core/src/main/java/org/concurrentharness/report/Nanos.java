package org.concurrentharness.report;

import java.util.Locale;

/** Writes durations for people. */
final class Nanos {
    private static final double MICROSECOND = 1e3;
    private static final double MILLISECOND = 1e6;
    private static final double SECOND = 1e9;

    private Nanos() {}

    /** Returns a duration with two or three digits: {@code 12 µs}, {@code 3.4 ms}, {@code 1.2 s}, {@code 125 s}. */
    static String text(long nanos) {
        if (nanos < MILLISECOND) {
            return digits(nanos / MICROSECOND) + " µs";
        }
        return nanos < SECOND ? digits(nanos / MILLISECOND) + " ms" : digits(nanos / SECOND) + " s";
    }

    private static String digits(double value) {
        return value == Math.rint(value) || value >= 99.95
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
