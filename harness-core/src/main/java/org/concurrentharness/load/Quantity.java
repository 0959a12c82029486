package org.concurrentharness.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts for latencies, shares and rates, such as {@code "50ms"}, {@code "0.1%"} and {@code "1000/s"}: read and written.
 *
 * @since 0.1
 */
public final class Quantity {
    private static final String NUMBER = "(\\d[\\d_]{0,17}(?:\\.\\d{1,9})?)";
    private static final Pattern LATENCY = Pattern.compile(NUMBER + "\\s*(ns|us|µs|μs|ms|s|m)");
    private static final Pattern SHARE = Pattern.compile(NUMBER + "\\s*%");
    private static final Pattern RATE = Pattern.compile(NUMBER + "(?:\\s*/\\s*(s|m|h))?");
    private static final double MICROSECOND = 1e3;
    private static final double MILLISECOND = 1e6;
    private static final double SECOND = 1e9;
    private static final double PERCENT = 100;
    private static final double HUNDRED = 99.95;
    private static final int SECONDS = 60;

    private Quantity() {}

    /**
     * Returns the duration that a text stands for: a number and a unit of {@code ns}, {@code us} (or {@code µs}), {@code ms}, {@code s}
     * or {@code m}.
     *
     * @param name what the text was given for, as the message shall name it
     * @throws IllegalArgumentException when it is not a positive duration, or too long to be counted in nanoseconds
     */
    public static Duration latency(String name, String text) {
        Matcher matcher = LATENCY.matcher(text.strip());
        if (matcher.matches()) {
            double unit = switch (matcher.group(2)) {
                case "ns" -> 1;
                case "us", "µs", "μs" -> MICROSECOND;
                case "ms" -> MILLISECOND;
                case "s" -> SECOND;
                default -> SECOND * SECONDS;
            };
            double nanos = number(matcher.group(1)) * unit;
            if (nanos >= 1 && nanos < Long.MAX_VALUE) {
                return Duration.ofNanos(Math.round(nanos));
            }
        }
        throw impossible(name, text, "a positive duration such as \"800us\", \"50ms\" or \"1.5s\"");
    }

    /**
     * Returns the share, from 0 to 1, that a text in percent stands for.
     *
     * @param name what the text was given for, as the message shall name it
     * @throws IllegalArgumentException when it is not a share
     */
    public static double share(String name, String text) {
        Matcher matcher = SHARE.matcher(text.strip());
        if (matcher.matches()) {
            double percent = number(matcher.group(1));
            if (percent <= PERCENT) {
                return percent / PERCENT;
            }
        }
        throw impossible(name, text, "a share such as \"0%\" or \"0.1%\"");
    }

    /**
     * Returns the number for a second that a text stands for: a number, and {@code /s}, {@code /m} or {@code /h} if it is not for a
     * second.
     *
     * @param name what the text was given for, as the message shall name it
     * @throws IllegalArgumentException when it is not a positive rate
     */
    public static double rate(String name, String text) {
        Matcher matcher = RATE.matcher(text.strip());
        if (matcher.matches()) {
            String unit = matcher.group(2);
            double seconds = "m".equals(unit) ? SECONDS : "h".equals(unit) ? SECONDS * SECONDS : 1;
            double rate = number(matcher.group(1)) / seconds;
            if (rate > 0) {
                return rate;
            }
        }
        throw impossible(name, text, "a rate such as \"1000/s\", \"1000\" or \"90/m\"");
    }

    private static double number(String text) {
        return new BigDecimal(text.replace("_", "")).doubleValue();
    }

    private static IllegalArgumentException impossible(String name, String text, String possible) {
        return new IllegalArgumentException(name + " is \"" + text + "\"; it must be " + possible + ".");
    }

    /** Returns a latency for people: {@code 850 ns}, {@code 12.5 µs}, {@code 61.2 ms}, {@code 1.25 s}. */
    static String latency(double nanos) {
        if (nanos < MICROSECOND) {
            return digits(nanos) + " ns";
        }
        if (nanos < MILLISECOND) {
            return digits(nanos / MICROSECOND) + " µs";
        }
        return nanos < SECOND ? digits(nanos / MILLISECOND) + " ms" : digits(nanos / SECOND) + " s";
    }

    static String latency(Duration duration) {
        return latency((double) duration.toNanos());
    }

    /** Returns a share in percent. */
    static String share(double share) {
        if (share == 0) {
            return "0 %";
        }
        double percent = PERCENT * share;
        return percent >= 1
                ? digits(percent) + " %"
                : new BigDecimal(percent).round(new java.math.MathContext(2)).toPlainString() + " %";
    }

    /** Returns a rate: {@code 12 345/s}. */
    static String rate(double rate) {
        return rate >= HUNDRED ? String.format(Locale.ROOT, "%,d/s", Math.round(rate)) : digits(rate) + "/s";
    }

    /** Returns a number of things: {@code 1 call}, {@code 1,000 calls}. */
    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /** Returns three digits of a number, without zeros that say nothing. */
    static String digits(double value) {
        if (value >= HUNDRED) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        BigDecimal rounded = new BigDecimal(value).round(new java.math.MathContext(3));
        BigDecimal plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        return plain.toPlainString();
    }
}
