package org.concurrentharness.stress;

import java.util.Locale;

/**
 * Where a probability lies with 95 % confidence, after so many trials: the score interval of E. B. Wilson, Probable inference, the law
 * of succession, and statistical inference, Journal of the American Statistical Association 22 (1927). It holds for few successes too,
 * and for none.
 *
 * @param low the lower end
 * @param high the upper end
 * @since 0.1
 */
public record ConfidenceInterval(double low, double high) {
    /** The 97.5th percentile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    /**
     * Returns the interval.
     *
     * @param successes how often it happened
     * @param trials how often it could have
     */
    public static ConfidenceInterval of(long successes, long trials) {
        if (trials == 0) {
            return new ConfidenceInterval(0, 1);
        }
        double n = trials;
        double share = successes / n;
        double middle = share + Z * Z / (2 * n);
        double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        return new ConfidenceInterval(
                successes == 0 ? 0 : Math.max(0, (middle - half) / scale),
                successes == trials ? 1 : Math.min(1, (middle + half) / scale));
    }

    /** Returns a text such as "0.0012 % to 0.0034 %". */
    public String text() {
        return percent(low) + " to " + percent(high);
    }

    /** Returns a share in percent with two digits. */
    static String percent(double share) {
        if (share == 0) {
            return "0 %";
        }
        double percent = 100 * share;
        int digits = Math.min(12, Math.max(0, 1 - (int) Math.floor(Math.log10(percent))));
        return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
    }
}
